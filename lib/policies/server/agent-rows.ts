import { and, eq } from "drizzle-orm";
import { moderationAgents } from "@/db/schema";
import type { Context } from "@/lib/server/context";
import { openSecret, sealSecret, type SecretPlace } from "@/lib/server/secrets";
import type { AgentKind } from "../schema";

export type AgentRow = typeof moderationAgents.$inferSelect;

const place = (rowId: string): SecretPlace => ({ table: "moderation_agents", column: "secret", rowId });

export function sealAgentSecret(rowId: string, secret: string): string {
  return sealSecret(secret, place(rowId));
}

export function openAgentSecret({ id, secret }: Pick<AgentRow, "id" | "secret">): string | null {
  return secret === null ? null : openSecret(secret, place(id));
}

/** The agents that somebody has changed, by kind; the others are as they were released, and off. */
export async function agentRows({
  db,
  orgId,
}: Pick<Context, "db" | "orgId">): Promise<Map<AgentKind, AgentRow>> {
  const rows = await db.select().from(moderationAgents).where(eq(moderationAgents.orgId, orgId));
  return new Map(rows.map((row) => [row.kind, row]));
}

/** The agent's row, locked for a change; undefined where there is none yet. */
export async function lockAgent(ctx: Context, kind: AgentKind): Promise<AgentRow | undefined> {
  const [row] = await ctx.db
    .select()
    .from(moderationAgents)
    .where(and(eq(moderationAgents.orgId, ctx.orgId), eq(moderationAgents.key, kind)))
    .for("no key update");
  return row;
}

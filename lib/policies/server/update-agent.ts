import { and, eq, sql } from "drizzle-orm";
import { moderationAgents } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { requireVersion } from "@/lib/apps/server/find";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { entryOf } from "../moderation/catalogue";
import type { AgentView, UpdateAgent } from "../moderation/endpoints";
import { hasCategory, settingsOf, type Settings } from "../moderation/settings";
import { lockAgent, sealAgentSecret, type AgentRow } from "./agent-rows";
import { getAgent } from "./get-agent";

/**
 * Turns an agent on or off, moves its thresholds, or says where a model answers. Throws `stale_version`, and `invalid`
 * for a category it has not, or a model that is turned on without an address.
 */
export async function updateAgent(ctx: Context, input: UpdateAgent): Promise<AgentView> {
  authorize(ctx, "agents.write");
  requireFitting(input);
  return inTransaction(ctx, async (ctx) => {
    const before = await bornOrLocked(ctx, input.agent);
    requireVersion("agent", input.version, before.version);
    const settings = changed(before, input);
    const enabled = input.enabled ?? before.enabled;
    if (enabled && input.agent === "model" && !settings.model) throw noAddress();
    await ctx.db
      .update(moderationAgents)
      .set({
        enabled,
        config: settings,
        ...secretOf(before.id, input.secret),
        version: before.version + 1,
        updatedBy: actorName(ctx.actor),
        updatedAt: sql`now()`,
      })
      .where(and(eq(moderationAgents.id, before.id), eq(moderationAgents.orgId, ctx.orgId)));
    const data = {
      kind: input.agent,
      enabled,
      thresholds: input.thresholds,
      model: input.model && { ...input.model },
      // That it changed, never what it is.
      secret_changed: input.secret !== undefined,
    };
    await emit(ctx, { type: "agent.changed", subject: before.id, data: { kind: input.agent, enabled } });
    await record(ctx, "agent.changed", before.id, data);
    return getAgent(ctx, input);
  });
}

/** The agent's row, locked; made, off and as released, where nobody changed it before (version 0). */
export async function bornOrLocked(ctx: Context, kind: UpdateAgent["agent"]): Promise<AgentRow> {
  await ctx.db
    .insert(moderationAgents)
    .values({
      id: newId("moderationAgent"),
      orgId: ctx.orgId,
      key: kind,
      kind,
      name: entryOf(kind).name,
      enabled: false,
      version: 0,
      config: settingsOf(kind, {}),
      updatedBy: actorName(ctx.actor),
    })
    .onConflictDoNothing();
  const row = await lockAgent(ctx, kind);
  if (!row) throw new Error(`the agent ${kind} was neither there nor made`);
  return row;
}

function changed(before: AgentRow, input: UpdateAgent): Settings {
  const settings = settingsOf(input.agent, before.config);
  return {
    thresholds: { ...settings.thresholds, ...input.thresholds },
    model: input.model ?? settings.model,
  };
}

function secretOf(id: string, secret: string | null | undefined): { secret?: string | null } {
  if (secret === undefined) return {};
  return { secret: secret === null ? null : sealAgentSecret(id, secret) };
}

function requireFitting({ agent, thresholds = {}, model, secret }: UpdateAgent): void {
  const unknown = Object.keys(thresholds).find((category) => !hasCategory(agent, category));
  if (unknown !== undefined) {
    throw invalid(`/thresholds/${unknown}`, "is no category of this agent", "Name one of its categories.");
  }
  if (agent !== "model" && (model !== undefined || secret !== undefined)) {
    throw invalid(
      model === undefined ? "/secret" : "/model",
      "is of the agent of kind model only",
      "Leave it out.",
    );
  }
}

const noAddress = () => invalid("/model", "is missing", "Say where the model answers before you turn it on.");

function invalid(pointer: string, message: string, fix: string): DomainError {
  return new DomainError("invalid", `${pointer} ${message}.`, {
    code: "validation_failed",
    errors: [{ pointer, code: "invalid", message, fix }],
  });
}

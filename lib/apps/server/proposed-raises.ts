import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { autonomies, autonomyRaises, users } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { actorName, type Context } from "@/lib/server/context";
import { AutonomyBody } from "../inputs";
import type { RaiseRef, RaiseView } from "../raises";
import { findApp, findType, missing } from "./find";

export type RaiseRow = typeof autonomyRaises.$inferSelect;

/** Ends what is proposed for an app and a type. */
export async function lapseRaises(
  ctx: Context,
  { appId, typeId }: { appId: string; typeId: string },
): Promise<void> {
  await ctx.db
    .update(autonomyRaises)
    .set({ status: "lapsed", decidedAt: sql`now()` })
    .where(
      and(
        eq(autonomyRaises.appId, appId),
        eq(autonomyRaises.typeId, typeId),
        eq(autonomyRaises.status, "open"),
      ),
    );
}

/** The open proposal a request names, held until the transaction ends. Throws `not_found`, `conflict` for a decided one. */
export async function lockRaise(ctx: Context, input: RaiseRef): Promise<RaiseRow> {
  const app = await findApp(ctx, input.app);
  const type = await findType(ctx, input.type);
  const [row] = await ctx.db
    .select()
    .from(autonomyRaises)
    .where(
      and(
        eq(autonomyRaises.id, input.proposal),
        eq(autonomyRaises.orgId, ctx.orgId),
        eq(autonomyRaises.appId, app.id),
        eq(autonomyRaises.typeId, type.id),
      ),
    )
    .for("update");
  if (!row) return missing("proposal", input.proposal);
  if (row.status === "open") return row;
  throw new DomainError("conflict", `This proposal is decided: ${row.status}.`, {
    code: row.status === "lapsed" ? "proposal_lapsed" : "conflict",
  });
}

/** Ends a proposal. Throws `not_found` where it is not open any more. */
export async function decideRaise(
  ctx: Context,
  { id }: RaiseRow,
  status: "signed" | "declined" | "withdrawn",
): Promise<RaiseRow> {
  const [row] = await ctx.db
    .update(autonomyRaises)
    .set({ status, decidedBy: actorName(ctx.actor), decidedAt: sql`now()` })
    .where(and(eq(autonomyRaises.id, id), eq(autonomyRaises.status, "open")))
    .returning();
  return row ?? missing("proposal", id);
}

/** What is proposed for an app's types and still stands, by type. */
export async function openRaises(ctx: Context, appId: string): Promise<Map<string, RaiseView>> {
  const rows = await ctx.db
    .select({ raise: autonomyRaises })
    .from(autonomyRaises)
    .leftJoin(
      autonomies,
      and(eq(autonomies.appId, autonomyRaises.appId), eq(autonomies.typeId, autonomyRaises.typeId)),
    )
    .where(
      and(
        eq(autonomyRaises.orgId, ctx.orgId),
        eq(autonomyRaises.appId, appId),
        eq(autonomyRaises.status, "open"),
        // A drift or a stop may have changed the setting since: it has lapsed, whether or not somebody wrote that down.
        eq(autonomyRaises.version, sql`coalesce(${autonomies.version}, 0)`),
      ),
    )
    .orderBy(desc(autonomyRaises.id));
  const views = await Promise.all(rows.map(({ raise }) => raiseView(ctx, raise)));
  return new Map(views.map((view) => [view.type_id, view]));
}

export async function raiseView(ctx: Context, row: RaiseRow): Promise<RaiseView> {
  const { version: _, ...wanted } = wantedOf(row);
  const id = row.proposedBy.replace(/^user:/, "");
  const [person] = await ctx.db
    .select({ name: users.name })
    .from(users)
    .where(and(eq(users.orgId, ctx.orgId), inArray(users.id, [id])));
  return {
    id: row.id,
    object: "autonomy_proposal",
    app_id: row.appId,
    type_id: row.typeId,
    status: row.status,
    wanted,
    version: row.version,
    reason: row.reason,
    proposed_by: { id, name: person?.name ?? "Somebody who left" },
    decided_at: row.decidedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
  };
}

/** The setting a proposal is for. */
export function wantedOf({ wanted }: Pick<RaiseRow, "wanted">): AutonomyBody {
  return AutonomyBody.parse(wanted);
}

/** Two signatures are two people's. Throws `forbidden`. */
export function requireHuman({ actor }: Pick<Context, "actor">): void {
  if (actor.kind === "user") return;
  throw new DomainError("forbidden", "Only a person may do this.", { code: "forbidden" });
}

import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { Capability } from "@/lib/identity/matrix";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { mostAtOnce, type CreateExport, type ExportView } from "../contract";
import { exportFilterOf } from "../filters";
import type { ExportKind } from "../schema";
import { ownExport, requirePerson } from "./own-exports";

/** What a person needs to see the list that is taken out. */
export const capabilityOfList: Record<ExportKind, Capability> = {
  decisions: "decisions.read",
  reviews: "reviews.read",
  audits: "audits.read",
  executions: "executions.read",
};

/**
 * Asks for a list to be written into a file; a worker does it. Throws `validation_failed` for a filter that the list
 * would not understand, and `too_many_exports`.
 */
export async function createExport(ctx: Context, input: CreateExport): Promise<ExportView> {
  authorize(ctx, "exports.make");
  requirePerson(ctx);
  authorize(ctx, capabilityOfList[input.kind]);
  const { kind, format, filter } = input;
  exportFilterOf(kind, filter);
  const by = actorName(ctx.actor);
  return inTransaction(ctx, async (ctx) => {
    // One request of a person at a time: two at once would both count one too few.
    await rowsOf(ctx.db, sql`select pg_advisory_xact_lock(hashtextextended(${`exports ${by}`}, 0))`);
    await requireRoom(ctx, by);
    const id = newId("export");
    await rowsOf(
      ctx.db,
      sql`insert into exports (id, org_id, kind, format, filter, created_by)
        values (${id}, ${ctx.orgId}, ${kind}, ${format}, ${JSON.stringify(filter)}::jsonb, ${by})`,
    );
    await emit(ctx, { type: "export.created", subject: id, data: { kind, format } });
    // The filter's values may be people's names or ids: the journal says what it was filtered by, not for what.
    await record(ctx, "export.asked", id, { kind, format, filtered_by: Object.keys(filter).toSorted() });
    return ownExport(ctx, id);
  });
}

async function requireRoom(ctx: Context, by: string): Promise<void> {
  const [row] = await rowsOf<{ count: number }>(
    ctx.db,
    sql`select count(*)::int as count from exports
      where org_id = ${ctx.orgId} and created_by = ${by} and status in ('pending', 'running')`,
  );
  if ((row?.count ?? 0) < mostAtOnce) return;
  throw new DomainError("limited", `${mostAtOnce} of your exports are under way already`, {
    code: "too_many_exports",
  });
}

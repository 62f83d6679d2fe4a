import { sql, type SQL } from "drizzle-orm";
import type { QueueOrder } from "@/lib/apps/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ReviewFilter, ReviewTab } from "../schema";

/** What a list runs by: what is closed by when it was, what waits by its queue's order. */
export type Run = QueueOrder | "resolved";
/** Where a page goes on from, with what the list runs by as text: a JavaScript number or date would lose some of it. */
export type Cursor = { id: string; at: string | null };
/** A stretch of a list, each read in the order of one index: over alias `r` of reviews. */
export type Part = { where: SQL; order: SQL };
type Way = "forwards" | "backwards";

/** By due time, unless it is a list of one queue: that runs as the queue hands its reviews out. */
export async function runOf(ctx: Context, { tab, queue }: ReviewFilter & { tab: ReviewTab }): Promise<Run> {
  if (tab === "resolved") return "resolved";
  if (!queue) return "sla";
  const [found] = await rowsOf<{ order: QueueOrder }>(
    ctx.db,
    sql`select order_by as order from queues where org_id = ${ctx.orgId} and ${queue} in (key, id)`,
  );
  return found?.order ?? "sla";
}

const column: Record<Run, SQL> = {
  resolved: sql`r.resolved_at`,
  sla: sql`r.due_at`,
  oldest: sql`r.id`,
  expected_loss: sql`r.loss_per_minute`,
};

/** The review that a page goes on from. Throws `not_found` where there is none, or it is of another tab. */
export async function cursorOf(ctx: Context, id: string | undefined, run: Run): Promise<Cursor | undefined> {
  if (id === undefined) return undefined;
  const [found] = await rowsOf<Cursor>(
    ctx.db,
    sql`select r.id, ${column[run]}::text as at from reviews r where r.id = ${id} and r.org_id = ${ctx.orgId}`,
  );
  if (!found || (found.at === null && run !== "expected_loss")) {
    throw new DomainError("not_found", `There is no review ${id} to go on from`);
  }
  return found;
}

/** The parts of a list past the cursor, in the order in which they are read. */
export function partsOf(run: Run, way: Way, after: Cursor | undefined): Part[] {
  if (run === "expected_loss") return way === "forwards" ? riskiest(after) : leastRisky(after);
  const rising = (run === "resolved") === (way === "backwards");
  if (run === "oldest") {
    const past = after ? sql`r.id ${rising ? sql`>` : sql`<`} ${after.id}` : sql`true`;
    return [{ where: past, order: rising ? sql`r.id asc` : sql`r.id desc` }];
  }
  const by = column[run];
  const past = after
    ? sql`(${by}, r.id) ${rising ? sql`>` : sql`<`} (${after.at}::timestamptz, ${after.id})`
    : sql`true`;
  return [{ where: past, order: rising ? sql`${by} asc, r.id asc` : sql`${by} desc, r.id desc` }];
}

// What has none comes last, by age: apart, so that the rest is read in the order of an index.
function riskiest(after: Cursor | undefined): Part[] {
  // As its index is written: without "nulls last" all of the queue would be sorted.
  const order = sql`r.loss_per_minute desc nulls last, r.id asc`;
  const unknown: Part = {
    where: sql`r.loss_per_minute is null and ${after?.at === null ? sql`r.id > ${after.id}` : sql`true`}`,
    order: sql`r.id asc`,
  };
  if (after?.at === null) return [unknown];
  const past = after
    ? sql`r.loss_per_minute <= ${after.at}::float8 and (r.loss_per_minute < ${after.at}::float8 or r.id > ${after.id})`
    : sql`true`;
  return [{ where: sql`r.loss_per_minute is not null and ${past}`, order }, unknown];
}

function leastRisky(after: Cursor | undefined): Part[] {
  const order = sql`r.loss_per_minute asc nulls first, r.id desc`;
  const isUnknown = after?.at === null;
  const past =
    after && !isUnknown
      ? sql`r.loss_per_minute >= ${after.at}::float8 and (r.loss_per_minute > ${after.at}::float8 or r.id < ${after.id})`
      : sql`true`;
  const known: Part = { where: sql`r.loss_per_minute is not null and ${past}`, order };
  if (after && !isUnknown) return [known];
  const before = after ? sql`r.id < ${after.id}` : sql`true`;
  return [{ where: sql`r.loss_per_minute is null and ${before}`, order: sql`r.id desc` }, known];
}

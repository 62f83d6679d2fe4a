import { sql, type SQL } from "drizzle-orm";
import { seesMeasures } from "@/lib/decisions/server/sees-measures";
import type { ReviewSummary } from "@/lib/reviews/schema";
import { shownReviews } from "@/lib/reviews/server/list-reviews";
import { summaryColumns, summaryOf, summarySource, type SummaryRow } from "@/lib/reviews/server/review-rows";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import { mostRows } from "../contract";
import { rowsUpTo, type Rows, type Slice, type Source } from "./source";

export const reviewSource: Source<"reviews", ReviewSummary> = {
  columns: [
    ["id", (row) => row.id],
    ["decision_id", (row) => row.decision_id],
    ["kind", (row) => row.kind],
    ["status", (row) => row.status],
    ["app", (row) => row.app.key],
    ["type", (row) => row.type.key],
    ["queue", (row) => row.queue.key],
    ["subject_type", (row) => row.subject?.type],
    ["subject_id", (row) => row.subject?.id],
    ["summary", (row) => row.summary],
    ["predicted", (row) => row.predicted],
    ["confidence", (row) => row.confidence],
    ["amount_minor", (row) => row.amount?.amount],
    ["currency", (row) => row.amount?.currency],
    ["severity", (row) => row.severity],
    ["opened_at", (row) => row.opened_at],
    ["due_at", (row) => row.due_at],
    ["overdue", (row) => row.overdue],
    ["escalation_level", (row) => row.escalation_level],
    ["held_by", (row) => row.held_by?.name],
    ["assigned_to", (row) => row.assigned_to?.name],
    ["snoozed_until", (row) => row.snoozed_until],
    ["verdict", (row) => row.verdict],
    ["reason_code", (row) => row.reason_code],
    ["note", (row) => row.note],
    ["resolved_by", (row) => row.resolved_by?.name],
    ["resolved_at", (row) => row.resolved_at],
  ],
  count: countReviews,
  read: readReviews,
};

type Wanted = Pick<Slice<"reviews">, "filter" | "until">;

async function countReviews(ctx: Context, wanted: Wanted): Promise<number> {
  authorize(ctx, "reviews.read");
  const [row] = await rowsOf<{ count: number }>(
    ctx.db,
    sql`select count(*)::int as count from (select 1 from reviews r where ${await condition(ctx, wanted)}
      limit ${mostRows + 1}) counted`,
  );
  return row?.count ?? 0;
}

async function readReviews(ctx: Context, slice: Slice<"reviews">): Promise<Rows<ReviewSummary>> {
  authorize(ctx, "reviews.read");
  const past = slice.after === null ? sql`` : sql` and r.id < ${slice.after}`;
  // By id and not by due time: a review's time moves when it is escalated, and a file must not lose or repeat it.
  const page = sql`(select r.* from reviews r where ${await condition(ctx, slice)}${past}
    order by r.id desc limit ${slice.limit}) r`;
  const rows = await rowsOf<SummaryRow>(
    ctx.db,
    sql`select ${summaryColumns} from ${summarySource(page)} order by r.id desc`,
  );
  return rowsUpTo(await maskFor(ctx, rows.map(summaryOf)), slice.limit);
}

/**
 * A reviewer's file holds what their inbox shows, copies that measure them among it: to leave them out would say which
 * they are. In anybody else's it is a record, and holds none.
 */
async function condition(ctx: Context, { filter, until }: Wanted): Promise<SQL> {
  const shown = sql`${await shownReviews(ctx, filter)} and r.created_at <= ${until}::timestamptz`;
  if (seesMeasures(ctx)) return shown;
  return sql`${shown} and not exists (select 1 from decisions m where m.id = r.decision_id and m.measure)`;
}

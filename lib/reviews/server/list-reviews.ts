import { sql, type SQL } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import type { ReviewFilter, ReviewListQuery, ReviewSummary, ReviewTab } from "../schema";
import { cursorOf, partsOf, runOf, type Part } from "./queue-run";
import { summaryColumns, summaryOf, summarySource, type SummaryRow } from "./review-rows";
import { filtered, inTab, personOf } from "./review-sql";

/**
 * Reviews of a tab by keyset. What waits runs by due time and then age, in a list of one queue in that queue's own
 * order, as its reviews are handed out; what is resolved runs newest first. Filters by app, type and queue. Throws
 * `not_found` for a cursor that names no review.
 */
export async function listReviews(ctx: Context, query: ReviewListQuery): Promise<List<ReviewSummary>> {
  authorize(ctx, "reviews.read");
  const backwards = query.ending_before !== undefined && query.starting_after === undefined;
  const run = await runOf(ctx, query);
  const after = await cursorOf(ctx, query.starting_after ?? query.ending_before, run);
  const shown = await shownReviews(ctx, query);
  const rows: SummaryRow[] = [];
  for (const part of partsOf(run, backwards ? "backwards" : "forwards", after)) {
    const missing = query.limit + 1 - rows.length;
    if (missing > 0) rows.push(...(await readPart(ctx, shown, part, missing)));
  }
  const data = await maskFor(ctx, rows.slice(0, query.limit).map(summaryOf));
  return {
    object: "list",
    url: "/api/v1/reviews",
    has_more: rows.length > query.limit,
    data: backwards ? data.toReversed() : data,
  };
}

function readPart(ctx: Context, shown: SQL, { where, order }: Part, limit: number): Promise<SummaryRow[]> {
  const page = sql`(select r.* from reviews r
      where ${shown} and ${where}
      order by ${order} limit ${limit}) r`;
  return rowsOf<SummaryRow>(
    ctx.db,
    sql`select ${summaryColumns} from ${summarySource(page)} order by ${order}`,
  );
}

/** The condition over alias `r` of every review that a list shows this person, wherever its page begins. */
export async function shownReviews(ctx: Context, query: ReviewFilter & { tab: ReviewTab }): Promise<SQL> {
  const filter = await filtered(ctx, query);
  return sql`r.org_id = ${ctx.orgId} and ${scope(query.tab)}${inTab(query.tab, personOf(ctx))}${filter}`;
}

// Said plainly, so that the planner sees which partial index holds every row it can need.
function scope(tab: ReviewTab): SQL {
  return tab === "resolved" ? sql`` : sql`r.status in ('open', 'claimed', 'snoozed') and `;
}

import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import type { ReviewFilter, ReviewListQuery, ReviewSummary, ReviewTab } from "../schema";
import { summaryColumns, summaryOf, summarySource, type SummaryRow } from "./review-rows";
import { filtered, inTab, personOf } from "./review-sql";

/**
 * Reviews of a tab by keyset: what waits by due time and then age, what is resolved newest first. Filters by app,
 * type and queue. Throws `not_found` for a cursor that names no review.
 */
export async function listReviews(ctx: Context, query: ReviewListQuery): Promise<List<ReviewSummary>> {
  authorize(ctx, "reviews.read");
  const resolved = query.tab === "resolved";
  const column = resolved ? sql`r.resolved_at` : sql`r.due_at`;
  const backwards = query.ending_before !== undefined && query.starting_after === undefined;
  const rising = resolved === backwards;
  const order = rising ? sql`${column} asc, r.id asc` : sql`${column} desc, r.id desc`;
  const after = await cursor(ctx, query.starting_after ?? query.ending_before, column);
  const shown = await shownReviews(ctx, query);
  const past = after
    ? sql` and (${column}, r.id) ${rising ? sql`>` : sql`<`} (${after.at}::timestamptz, ${after.id})`
    : sql``;
  const page = sql`(select r.* from reviews r
      where ${shown}${past}
      order by ${order} limit ${query.limit + 1}) r`;
  const rows = await rowsOf<SummaryRow>(
    ctx.db,
    sql`select ${summaryColumns} from ${summarySource(page)} order by ${order}`,
  );
  const data = await maskFor(ctx, rows.slice(0, query.limit).map(summaryOf));
  return {
    object: "list",
    url: "/api/v1/reviews",
    has_more: rows.length > query.limit,
    data: backwards ? data.toReversed() : data,
  };
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

async function cursor(ctx: Context, id: string | undefined, column: SQL) {
  if (id === undefined) return undefined;
  // As text: a JavaScript date would drop the microseconds, and with them rows.
  const [found] = await rowsOf<{ id: string; at: string | null }>(
    ctx.db,
    sql`select r.id, ${column}::text as at from reviews r where r.id = ${id} and r.org_id = ${ctx.orgId}`,
  );
  if (found?.at == null) throw new DomainError("not_found", `There is no review ${id} to go on from`);
  return { id: found.id, at: found.at };
}

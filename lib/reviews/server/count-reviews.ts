import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { inSight } from "./queue-scope";
import { inTab, personOf } from "./review-sql";

/** The most that is counted: screens say "99+" beyond it, and the cost does not grow with the queue. */
export const mostCounted = 100;

/** How many reviews wait unclaimed, are the actor's, and sleep; each counted up to {@link mostCounted}. */
export async function countReviews(
  ctx: Context,
): Promise<{ unclaimed: number; mine: number; snoozed: number }> {
  authorize(ctx, "reviews.read");
  const me = personOf(ctx);
  const sight = await inSight(ctx);
  const count = (tab: "unclaimed" | "mine" | "snoozed") => sql`(select count(*)::int from (
    select 1 from reviews r where r.org_id = ${ctx.orgId} and r.status in ('open', 'claimed', 'snoozed')
      and ${inTab(tab, me)}${sight} limit ${mostCounted}) counted)`;
  const [counts] = await rowsOf<{ unclaimed: number; mine: number; snoozed: number }>(
    ctx.db,
    sql`select ${count("unclaimed")} as unclaimed, ${count("mine")} as mine, ${count("snoozed")} as snoozed`,
  );
  return counts ?? { unclaimed: 0, mine: 0, snoozed: 0 };
}

import { sql, type SQL } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ClaimNext, ReviewView } from "../schema";
import { noteClaim } from "./claim-review";
import { getReview } from "./get-review";
import { filtered, isFree, personOf } from "./review-sql";

/**
 * Takes the most urgent review that nobody holds, first of those that came back to this person, passing over those that somebody is taking at this very moment.
 * `review` is null when there is none.
 */
export async function claimNextReview(
  ctx: Context,
  input: ClaimNext,
): Promise<{ review: ReviewView | null }> {
  authorize(ctx, "reviews.rule");
  const me = personOf(ctx);
  const filter = await filtered(ctx, input);
  return inTransaction(ctx, async (ctx) => {
    // What came back to this person is theirs first; everybody else's is never walked through for it.
    const free = (which: SQL) => sql`select r.id from reviews r
      where r.org_id = ${ctx.orgId} and r.status in ('open', 'claimed', 'snoozed') and ${isFree}${filter}
        and r.id <> all(${sql.param(input.exclude)}) and ${which}
      order by r.due_at, r.id limit 1 for update of r skip locked`;
    const [claimed] = await rowsOf<{ id: string; decision_id: string }>(
      ctx.db,
      sql`with own as (${free(sql`r.assigned_to = ${me}`)}),
        other as (${free(sql`not exists (select 1 from own)`)}),
        next as (select id from own union all select id from other)
        update reviews r set status = 'claimed', claimed_by = ${me}, claimed_at = now(), snoozed_until = null,
          lease_until = now() + make_interval(secs => q.lease_seconds), version = r.version + 1
        from next, queues q where r.id = next.id and q.id = r.queue_id
        returning r.id, r.decision_id`,
    );
    if (!claimed) return { review: null };
    await noteClaim(ctx, claimed.id, claimed.decision_id);
    return { review: await getReview(ctx, { reviewId: claimed.id }) };
  });
}

import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { lostReview } from "./lost-review";
import { isMineToTake, personOf } from "./review-sql";

/**
 * Passes a review over: it stays open and goes back to the queue for others, also where it was kept for the actor.
 * Whoever skips it keeps it out of their own session through `exclude` of claimNextReview. Throws as claimReview does.
 */
export async function skipReview(ctx: Context, input: { reviewId: string }): Promise<{ reviewId: string }> {
  authorize(ctx, "reviews.rule");
  const me = personOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [skipped] = await rowsOf<{ decision_id: string }>(
      ctx.db,
      sql`update reviews r set status = case when r.status = 'snoozed' then 'snoozed' else 'open' end,
          claimed_by = null, claimed_at = null, lease_until = null, assigned_to = nullif(r.assigned_to, ${me}),
          version = r.version + 1
        where r.id = ${input.reviewId} and r.org_id = ${ctx.orgId} and ${isMineToTake(me)} and r.staged_verdict is null
        returning r.decision_id`,
    );
    if (!skipped) throw await lostReview(ctx, input.reviewId);
    const decisionId = skipped.decision_id;
    await emit(ctx, {
      type: "review.released",
      subject: input.reviewId,
      decisionId,
      data: { by: me, reason: "skipped" },
    });
    await record(ctx, "review.skipped", input.reviewId);
    return input;
  });
}

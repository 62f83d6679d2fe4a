import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ReviewView } from "../schema";
import { getReview } from "./get-review";
import { requireRoom } from "./load-cap";
import { lostReview } from "./lost-review";
import { isHeldBy, isMineToTake, personOf } from "./review-sql";

/**
 * Takes a review, so that nobody else works on it, for the queue's lease. Claiming what one holds extends it. Throws
 * `review_claimed` or `review_already_resolved` naming who was first, `not_a_member` or `lacks_skill` where it is not
 * theirs to take, `load_cap_reached` where they hold as many of its queue as they may.
 */
export async function claimReview(ctx: Context, input: { reviewId: string }): Promise<ReviewView> {
  authorize(ctx, "reviews.rule");
  const me = personOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    await requireRoom(ctx, me, input.reviewId);
    const [claimed] = await rowsOf<{ decision_id: string }>(
      ctx.db,
      sql`update reviews r set status = 'claimed', claimed_by = ${me}, snoozed_until = null,
          claimed_at = case when ${isHeldBy(me)} then r.claimed_at else now() end, lease_until = now() + make_interval(secs => q.lease_seconds), version = r.version + 1
        from queues q where r.id = ${input.reviewId} and r.org_id = ${ctx.orgId} and q.id = r.queue_id
          and ${isMineToTake(me)}
        returning r.decision_id`,
    );
    if (!claimed) throw await lostReview(ctx, input.reviewId);
    await noteClaim(ctx, input.reviewId, claimed.decision_id);
    return getReview(ctx, input);
  });
}

/** Tells screens and the journal that the actor holds a review. Last in a transaction. */
export async function noteClaim(ctx: Context, reviewId: string, decisionId: string): Promise<void> {
  await emit(ctx, { type: "review.claimed", subject: reviewId, decisionId, data: { by: personOf(ctx) } });
  await record(ctx, "review.claimed", reviewId);
}

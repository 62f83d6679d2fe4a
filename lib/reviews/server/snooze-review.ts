import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ReviewView } from "../schema";
import { getReview } from "./get-review";
import { lostReview } from "./lost-review";
import { isMineToTake, personOf } from "./review-sql";

/**
 * Puts a review off for everybody; it comes back by itself. Its due time does not move. Throws as claimReview does.
 */
export async function snoozeReview(
  ctx: Context,
  input: { reviewId: string; minutes: number },
): Promise<ReviewView> {
  authorize(ctx, "reviews.rule");
  const me = personOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [snoozed] = await rowsOf<{ decision_id: string }>(
      ctx.db,
      sql`update reviews r set status = 'snoozed', snoozed_until = now() + make_interval(mins => ${input.minutes}::int),
          claimed_by = null, claimed_at = null, lease_until = null, version = r.version + 1
        where r.id = ${input.reviewId} and r.org_id = ${ctx.orgId} and ${isMineToTake(me)} and r.staged_verdict is null
        returning r.decision_id`,
    );
    if (!snoozed) throw await lostReview(ctx, input.reviewId);
    const decisionId = snoozed.decision_id;
    await emit(ctx, { type: "review.snoozed", subject: input.reviewId, decisionId, data: { by: me } });
    await record(ctx, "review.snoozed", input.reviewId, { minutes: input.minutes });
    return getReview(ctx, { reviewId: input.reviewId });
  });
}

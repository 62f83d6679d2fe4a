import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ReviewView } from "../schema";
import { getReview } from "./get-review";
import { isHeldBy, personOf } from "./review-sql";

/** Gives a review back to the queue. Throws `lease_lost` when the actor does not hold it. */
export async function releaseReview(ctx: Context, input: { reviewId: string }): Promise<ReviewView> {
  authorize(ctx, "reviews.rule");
  const me = personOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [released] = await rowsOf<{ decision_id: string }>(
      ctx.db,
      sql`update reviews r set status = 'open', claimed_by = null, claimed_at = null, lease_until = null,
          version = r.version + 1
        where r.id = ${input.reviewId} and r.org_id = ${ctx.orgId} and ${isHeldBy(me)} and r.staged_verdict is null
        returning r.decision_id`,
    );
    if (!released) throw new DomainError("conflict", "You do not hold this review", { code: "lease_lost" });
    const decisionId = released.decision_id;
    await emit(ctx, { type: "review.released", subject: input.reviewId, decisionId, data: { by: me } });
    await record(ctx, "review.released", input.reviewId);
    return getReview(ctx, input);
  });
}

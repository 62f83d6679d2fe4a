import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ReviewView } from "../schema";
import { getReview } from "./get-review";
import { lostReview } from "./lost-review";
import { isLive, personOf } from "./review-sql";

/**
 * Takes back the actor's own verdict while it has not taken effect; they go on holding the review. Throws
 * `undo_window_over` when it is too late, `review_claimed` when somebody else gave it.
 */
export async function unstageVerdict(ctx: Context, input: { reviewId: string }): Promise<ReviewView> {
  authorize(ctx, "reviews.rule");
  const me = personOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    // What is due but not yet written down may still be taken back: the person was in time to say so.
    const [taken] = await rowsOf<{ decision_id: string }>(
      ctx.db,
      sql`update reviews r set staged_verdict = null, staged_by = null, staged_at = null, effective_at = null,
          edited_arguments = null, reason_code = null, note = null, version = r.version + 1
        where r.id = ${input.reviewId} and r.org_id = ${ctx.orgId} and ${isLive} and r.staged_by = ${me}
        returning r.decision_id`,
    );
    if (!taken) throw await tooLate(ctx, input.reviewId, me);
    const decisionId = taken.decision_id;
    await emit(ctx, { type: "review.unstaged", subject: input.reviewId, decisionId, data: { by: me } });
    await record(ctx, "review.unstaged", input.reviewId);
    return getReview(ctx, input);
  });
}

async function tooLate(ctx: Context, reviewId: string, me: string): Promise<DomainError> {
  const [review] = await rowsOf<{ resolved_by: string | null; staged_by: string | null; status: string }>(
    ctx.db,
    sql`select resolved_by, staged_by, status from reviews where id = ${reviewId} and org_id = ${ctx.orgId}`,
  );
  if (review?.resolved_by === me) {
    return new DomainError("conflict", "Your verdict has taken effect; it can no longer be taken back", {
      code: "undo_window_over",
    });
  }
  if (!review || review.resolved_by !== null || review.staged_by !== null) return lostReview(ctx, reviewId);
  return new DomainError("conflict", "There is no verdict to take back", { code: "conflict" });
}

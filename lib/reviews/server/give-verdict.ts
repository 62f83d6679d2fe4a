import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Ruling, VerdictView } from "../schema";
import { resolveReview } from "./resolve-review";

/** A verdict over the API: effective at once, without the undo time that a screen gives. Throws as resolveReview does. */
export async function giveVerdict(
  ctx: Context,
  { params, body }: { params: { review: string }; body: Ruling },
): Promise<VerdictView> {
  authorize(ctx, "reviews.rule");
  const { decisionId, decisionStatus, executionId, nextReviewId } = await resolveReview(ctx, {
    reviewId: params.review,
    ruling: body,
  });
  return {
    id: params.review,
    object: "review",
    status: "resolved",
    verdict: body.verdict,
    decision_id: decisionId,
    decision_status: decisionStatus,
    execution_id: executionId,
    next_review_id: nextReviewId,
  };
}

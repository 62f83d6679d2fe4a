import type { ReviewActions } from "@/components/reviews/answers";
import { skipReviewAction, snoozeReviewAction, stageVerdictAction, unstageVerdictAction } from "./actions";

/** The server actions of this room, as its screens take them. */
export const reviewActions: ReviewActions = {
  stage: stageVerdictAction,
  unstage: unstageVerdictAction,
  skip: skipReviewAction,
  snooze: snoozeReviewAction,
};

import type { ReviewActions } from "@/components/reviews/answers";
import {
  breakGlassAction,
  bulkVerdictAction,
  forwardReviewAction,
  passTargetsAction,
  skipReviewAction,
  snoozeReviewAction,
  stageVerdictAction,
  unstageVerdictAction,
  unstageVerdictsAction,
} from "./actions";

/** The server actions of this room, as its screens take them. */
export const reviewActions: ReviewActions = {
  stage: stageVerdictAction,
  breakGlass: breakGlassAction,
  unstage: unstageVerdictAction,
  bulk: bulkVerdictAction,
  unstageMany: unstageVerdictsAction,
  skip: skipReviewAction,
  targets: passTargetsAction,
  forward: forwardReviewAction,
  snooze: snoozeReviewAction,
};

"use server";

import { observeFirst } from "@/lib/execution/server/observe-first";
import { userActionContext } from "@/lib/identity/server/user-context";
import { ReviewId, SnoozeReview, StageVerdict } from "@/lib/reviews/schema";
import { skipReview } from "@/lib/reviews/server/skip-review";
import { snoozeReview } from "@/lib/reviews/server/snooze-review";
import { stageVerdict } from "@/lib/reviews/server/stage-verdict";
import { unstageVerdict } from "@/lib/reviews/server/unstage-verdict";
import { action } from "@/lib/server/action";

export const stageVerdictAction = action(userActionContext, StageVerdict, observeFirst(stageVerdict));
export const unstageVerdictAction = action(userActionContext, ReviewId, unstageVerdict);
export const skipReviewAction = action(userActionContext, ReviewId, skipReview);
export const snoozeReviewAction = action(userActionContext, SnoozeReview, snoozeReview);

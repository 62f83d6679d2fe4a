"use server";

import { observeFirst } from "@/lib/execution/server/observe-first";
import { userActionContext } from "@/lib/identity/server/user-context";
import { BulkVerdict, UnstageMany } from "@/lib/reviews/bulk";
import { ForwardInput, PassedTo } from "@/lib/reviews/passing";
import { ReviewId, SnoozeReview, StageVerdict } from "@/lib/reviews/schema";
import { breakTheGlass } from "@/lib/reviews/server/break-glass-verdict";
import { forwardReview } from "@/lib/reviews/server/forward-review";
import { giveBulkVerdict } from "@/lib/reviews/server/give-bulk-verdict";
import { giveOne } from "@/lib/reviews/server/give-one";
import { listPassTargets } from "@/lib/reviews/server/list-pass-targets";
import { skipReview } from "@/lib/reviews/server/skip-review";
import { snoozeReview } from "@/lib/reviews/server/snooze-review";
import { stageVerdict } from "@/lib/reviews/server/stage-verdict";
import { unstageVerdict } from "@/lib/reviews/server/unstage-verdict";
import { unstageVerdicts } from "@/lib/reviews/server/unstage-verdicts";
import { action } from "@/lib/server/action";

export const stageVerdictAction = action(userActionContext, StageVerdict, observeFirst(stageVerdict));
export const breakGlassAction = action(userActionContext, StageVerdict, observeFirst(breakTheGlass));
export const unstageVerdictAction = action(userActionContext, ReviewId, unstageVerdict);
export const skipReviewAction = action(userActionContext, ReviewId, skipReview);
export const snoozeReviewAction = action(userActionContext, SnoozeReview, snoozeReview);

const giveMany = giveBulkVerdict(observeFirst(giveOne));
export const bulkVerdictAction = action(userActionContext, BulkVerdict, (ctx, body) =>
  giveMany(ctx, { body }),
);
export const unstageVerdictsAction = action(userActionContext, UnstageMany, unstageVerdicts);
export const passTargetsAction = action(userActionContext, PassedTo, listPassTargets);
export const forwardReviewAction = action(userActionContext, ForwardInput, forwardReview);

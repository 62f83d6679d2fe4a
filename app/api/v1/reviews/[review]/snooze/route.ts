import { apiContext } from "@/lib/identity/server/api-context";
import { snoozeReviewEndpoint } from "@/lib/reviews/endpoints";
import { snoozeReview } from "@/lib/reviews/server/snooze-review";
import { serve } from "@/lib/server/serve";

export const POST = serve(snoozeReviewEndpoint, apiContext, (ctx, { params, body }) =>
  snoozeReview(ctx, { reviewId: params.review, minutes: body.minutes }),
);

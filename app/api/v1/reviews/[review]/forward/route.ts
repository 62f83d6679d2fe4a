import { apiContext } from "@/lib/identity/server/api-context";
import { forwardReviewEndpoint } from "@/lib/reviews/passing";
import { forwardReview } from "@/lib/reviews/server/forward-review";
import { serve } from "@/lib/server/serve";

export const POST = serve(forwardReviewEndpoint, apiContext, (ctx, { params, body }) =>
  forwardReview(ctx, { reviewId: params.review, ...body }),
);

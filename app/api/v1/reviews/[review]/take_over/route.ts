import { apiContext } from "@/lib/identity/server/api-context";
import { takeOverReviewEndpoint } from "@/lib/reviews/passing";
import { takeOverReview } from "@/lib/reviews/server/take-over-review";
import { serve } from "@/lib/server/serve";

export const POST = serve(takeOverReviewEndpoint, apiContext, (ctx, { params }) =>
  takeOverReview(ctx, { reviewId: params.review }),
);

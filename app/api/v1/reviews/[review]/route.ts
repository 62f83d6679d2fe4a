import { apiContext } from "@/lib/identity/server/api-context";
import { getReviewEndpoint } from "@/lib/reviews/endpoints";
import { getReview } from "@/lib/reviews/server/get-review";
import { serve } from "@/lib/server/serve";

export const GET = serve(getReviewEndpoint, apiContext, (ctx, { params }) =>
  getReview(ctx, { reviewId: params.review }),
);

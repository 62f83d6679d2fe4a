import { apiContext } from "@/lib/identity/server/api-context";
import { releaseReviewEndpoint } from "@/lib/reviews/endpoints";
import { releaseReview } from "@/lib/reviews/server/release-review";
import { serve } from "@/lib/server/serve";

export const POST = serve(releaseReviewEndpoint, apiContext, (ctx, { params }) =>
  releaseReview(ctx, { reviewId: params.review }),
);

import { apiContext } from "@/lib/identity/server/api-context";
import { claimReviewEndpoint } from "@/lib/reviews/endpoints";
import { claimReview } from "@/lib/reviews/server/claim-review";
import { serve } from "@/lib/server/serve";

export const POST = serve(claimReviewEndpoint, apiContext, (ctx, { params }) =>
  claimReview(ctx, { reviewId: params.review }),
);

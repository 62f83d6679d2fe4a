import { apiContext } from "@/lib/identity/server/api-context";
import { reassignReviewEndpoint } from "@/lib/reviews/passing";
import { reassignReview } from "@/lib/reviews/server/reassign-review";
import { serve } from "@/lib/server/serve";

export const POST = serve(reassignReviewEndpoint, apiContext, (ctx, { params, body }) =>
  reassignReview(ctx, { reviewId: params.review, ...body }),
);

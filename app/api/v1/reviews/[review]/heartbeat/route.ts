import { apiContext } from "@/lib/identity/server/api-context";
import { heartbeatReviewEndpoint } from "@/lib/reviews/endpoints";
import { heartbeatReview } from "@/lib/reviews/server/heartbeat-review";
import { serve } from "@/lib/server/serve";

export const POST = serve(heartbeatReviewEndpoint, apiContext, (ctx, { params }) =>
  heartbeatReview(ctx, { reviewId: params.review }),
);

import { apiContext } from "@/lib/identity/server/api-context";
import { claimNextReviewEndpoint } from "@/lib/reviews/endpoints";
import { claimNextReview } from "@/lib/reviews/server/claim-next-review";
import { serve } from "@/lib/server/serve";

export const POST = serve(claimNextReviewEndpoint, apiContext, (ctx, { body }) => claimNextReview(ctx, body));

import { apiContext } from "@/lib/identity/server/api-context";
import { listReviewsEndpoint } from "@/lib/reviews/endpoints";
import { listReviews } from "@/lib/reviews/server/list-reviews";
import { serve } from "@/lib/server/serve";

export const GET = serve(listReviewsEndpoint, apiContext, (ctx, { query }) => listReviews(ctx, query));

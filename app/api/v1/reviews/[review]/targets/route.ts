import { apiContext } from "@/lib/identity/server/api-context";
import { passTargetsEndpoint } from "@/lib/reviews/passing";
import { listPassTargets } from "@/lib/reviews/server/list-pass-targets";
import { serve } from "@/lib/server/serve";

export const GET = serve(passTargetsEndpoint, apiContext, (ctx, { params }) =>
  listPassTargets(ctx, { reviewId: params.review }),
);

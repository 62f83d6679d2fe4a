import { observeFirst } from "@/lib/execution/server/observe-first";
import { apiContext } from "@/lib/identity/server/api-context";
import { giveVerdictEndpoint, takeBackVerdictEndpoint } from "@/lib/reviews/endpoints";
import { giveVerdict } from "@/lib/reviews/server/give-verdict";
import { unstageVerdict } from "@/lib/reviews/server/unstage-verdict";
import { serve } from "@/lib/server/serve";

export const POST = serve(giveVerdictEndpoint, apiContext, observeFirst(giveVerdict));
export const DELETE = serve(takeBackVerdictEndpoint, apiContext, (ctx, { params }) =>
  unstageVerdict(ctx, { reviewId: params.review }),
);

import { fromParams } from "@/lib/apps/server/handlers";
import { retryScoreEndpoint } from "@/lib/evaluators/endpoints";
import { retryScore } from "@/lib/evaluators/server/retry-score";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(retryScoreEndpoint, apiContext, fromParams(retryScore));

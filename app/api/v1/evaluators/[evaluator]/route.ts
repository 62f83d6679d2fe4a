import { fromBoth, fromParams } from "@/lib/apps/server/handlers";
import { getEvaluatorEndpoint, updateEvaluatorEndpoint } from "@/lib/evaluators/endpoints";
import { getEvaluator } from "@/lib/evaluators/server/list-evaluators";
import { updateEvaluator } from "@/lib/evaluators/server/update-evaluator";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getEvaluatorEndpoint, apiContext, fromParams(getEvaluator));
export const PATCH = serve(updateEvaluatorEndpoint, apiContext, fromBoth(updateEvaluator));

import { fromBoth } from "@/lib/apps/server/handlers";
import { restoreEvaluatorEndpoint } from "@/lib/evaluators/endpoints";
import { restoreEvaluator } from "@/lib/evaluators/server/update-evaluator";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(restoreEvaluatorEndpoint, apiContext, fromBoth(restoreEvaluator));

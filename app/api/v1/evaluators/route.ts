import { fromBody, fromQuery } from "@/lib/apps/server/handlers";
import { createEvaluatorEndpoint, listEvaluatorsEndpoint } from "@/lib/evaluators/endpoints";
import { createEvaluator } from "@/lib/evaluators/server/create-evaluator";
import { listEvaluators } from "@/lib/evaluators/server/list-evaluators";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listEvaluatorsEndpoint, apiContext, fromQuery(listEvaluators));
export const POST = serve(createEvaluatorEndpoint, apiContext, fromBody(createEvaluator));

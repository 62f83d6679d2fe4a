import { fromBoth, fromParams } from "@/lib/apps/server/handlers";
import { addEvaluatorVersionEndpoint, listEvaluatorVersionsEndpoint } from "@/lib/evaluators/endpoints";
import { addEvaluatorVersion } from "@/lib/evaluators/server/create-evaluator";
import { listEvaluatorVersions } from "@/lib/evaluators/server/list-evaluators";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listEvaluatorVersionsEndpoint, apiContext, fromParams(listEvaluatorVersions));
export const POST = serve(addEvaluatorVersionEndpoint, apiContext, fromBoth(addEvaluatorVersion));

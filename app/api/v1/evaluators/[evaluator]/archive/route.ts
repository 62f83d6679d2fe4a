import { fromParams } from "@/lib/apps/server/handlers";
import { archiveEvaluatorEndpoint } from "@/lib/evaluators/endpoints";
import { archiveEvaluator } from "@/lib/evaluators/server/update-evaluator";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(archiveEvaluatorEndpoint, apiContext, fromParams(archiveEvaluator));

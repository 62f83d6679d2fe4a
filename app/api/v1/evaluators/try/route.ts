import { fromBody } from "@/lib/apps/server/handlers";
import { tryEvaluatorEndpoint } from "@/lib/evaluators/endpoints";
import { tryEvaluator } from "@/lib/evaluators/server/try-evaluator";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(tryEvaluatorEndpoint, apiContext, fromBody(tryEvaluator));

import { fromBoth } from "@/lib/apps/server/handlers";
import { createEvaluatorRuleEndpoint } from "@/lib/evaluators/endpoints";
import { createEvaluatorRule } from "@/lib/evaluators/server/change-rules";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(createEvaluatorRuleEndpoint, apiContext, fromBoth(createEvaluatorRule));

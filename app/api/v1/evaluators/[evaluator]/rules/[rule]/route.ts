import { fromBoth } from "@/lib/apps/server/handlers";
import { updateEvaluatorRuleEndpoint } from "@/lib/evaluators/endpoints";
import { updateEvaluatorRule } from "@/lib/evaluators/server/change-rules";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const PATCH = serve(updateEvaluatorRuleEndpoint, apiContext, fromBoth(updateEvaluatorRule));

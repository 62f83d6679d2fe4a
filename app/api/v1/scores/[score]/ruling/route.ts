import { fromBoth } from "@/lib/apps/server/handlers";
import { ruleOnScoreEndpoint } from "@/lib/evaluators/ruling-endpoints";
import { ruleOnScore } from "@/lib/evaluators/server/rule-on-score";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(ruleOnScoreEndpoint, apiContext, fromBoth(ruleOnScore));

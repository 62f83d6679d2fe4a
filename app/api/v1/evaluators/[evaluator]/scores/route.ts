import { fromBoth } from "@/lib/apps/server/handlers";
import { giveScoresEndpoint } from "@/lib/evaluators/endpoints";
import { giveScores } from "@/lib/evaluators/server/give-scores";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(giveScoresEndpoint, apiContext, fromBoth(giveScores));

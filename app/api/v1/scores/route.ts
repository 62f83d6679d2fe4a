import { fromQuery } from "@/lib/apps/server/handlers";
import { listScoresEndpoint } from "@/lib/evaluators/endpoints";
import { listScores } from "@/lib/evaluators/server/list-scores";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listScoresEndpoint, apiContext, fromQuery(listScores));

import { apiContext } from "@/lib/identity/server/api-context";
import { similarDecisionsEndpoint } from "@/lib/reviews/similar";
import { similarDecisions } from "@/lib/reviews/server/similar-decisions";
import { serve } from "@/lib/server/serve";

export const GET = serve(similarDecisionsEndpoint, apiContext, similarDecisions);

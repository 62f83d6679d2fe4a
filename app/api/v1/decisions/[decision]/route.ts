import { getDecisionEndpoint } from "@/lib/decisions/endpoints";
import { getDecision } from "@/lib/decisions/server/get-decision";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getDecisionEndpoint, apiContext, getDecision);

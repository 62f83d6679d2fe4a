import { waitForDecisionEndpoint } from "@/lib/decisions/endpoints";
import { waitForDecision } from "@/lib/decisions/server/wait-for-decision";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(waitForDecisionEndpoint, apiContext, waitForDecision);

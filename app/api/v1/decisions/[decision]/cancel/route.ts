import { apiContext } from "@/lib/identity/server/api-context";
import { cancelDecisionEndpoint } from "@/lib/intake/schema";
import { cancelDecision } from "@/lib/intake/server/cancel-decision";
import { serve } from "@/lib/server/serve";

export const POST = serve(cancelDecisionEndpoint, apiContext, cancelDecision);

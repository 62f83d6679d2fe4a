import { apiContext } from "@/lib/identity/server/api-context";
import { evaluateDecisionEndpoint } from "@/lib/intake/schema";
import { evaluateSubmission } from "@/lib/intake/server/evaluate-submission";
import { serve } from "@/lib/server/serve";

export const POST = serve(evaluateDecisionEndpoint, apiContext, evaluateSubmission);

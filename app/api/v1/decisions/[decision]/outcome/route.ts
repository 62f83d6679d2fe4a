import { recordOutcomeEndpoint } from "@/lib/feedback/schema";
import { recordOutcome } from "@/lib/feedback/server/record-outcome";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(recordOutcomeEndpoint, apiContext, recordOutcome);

import { nextRulingEndpoint } from "@/lib/evaluators/ruling-endpoints";
import { answerNextRuling } from "@/lib/evaluators/server/next-ruling";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(nextRulingEndpoint, apiContext, answerNextRuling);

import { listDecisionsEndpoint } from "@/lib/decisions/endpoints";
import { listDecisions } from "@/lib/decisions/server/list-decisions";
import { apiContext } from "@/lib/identity/server/api-context";
import { answerSubmit } from "@/lib/intake/server/answer-submit";
import { serve, serveRaw } from "@/lib/server/serve";

export const POST = serveRaw(answerSubmit);
export const GET = serve(listDecisionsEndpoint, apiContext, listDecisions);

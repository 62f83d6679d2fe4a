import { listRubricsEndpoint, createRubricEndpoint } from "@/lib/audits/plan-endpoints";
import { answerListRubrics, answerCreateRubric } from "@/lib/audits/server/plan-handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listRubricsEndpoint, apiContext, answerListRubrics);
export const POST = serve(createRubricEndpoint, apiContext, answerCreateRubric);

import { answerAuditEndpoint } from "@/lib/audits/endpoints";
import { answerBlindAnswer } from "@/lib/audits/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(answerAuditEndpoint, apiContext, answerBlindAnswer);

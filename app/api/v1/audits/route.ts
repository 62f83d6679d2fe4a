import { listAuditsEndpoint } from "@/lib/audits/endpoints";
import { answerListAudits } from "@/lib/audits/server/handlers";
import { sendToAuditEndpoint } from "@/lib/audits/plan-endpoints";
import { answerSend } from "@/lib/audits/server/plan-handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listAuditsEndpoint, apiContext, answerListAudits);
export const POST = serve(sendToAuditEndpoint, apiContext, answerSend);

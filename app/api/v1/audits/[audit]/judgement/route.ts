import { judgeAuditEndpoint } from "@/lib/audits/endpoints";
import { answerJudgement } from "@/lib/audits/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(judgeAuditEndpoint, apiContext, answerJudgement);

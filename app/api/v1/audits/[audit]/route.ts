import { getAuditEndpoint } from "@/lib/audits/endpoints";
import { answerGetAudit } from "@/lib/audits/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getAuditEndpoint, apiContext, answerGetAudit);

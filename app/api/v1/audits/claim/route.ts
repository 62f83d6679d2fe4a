import { claimNextAuditEndpoint } from "@/lib/audits/endpoints";
import { answerClaimNextAudit } from "@/lib/audits/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(claimNextAuditEndpoint, apiContext, answerClaimNextAudit);

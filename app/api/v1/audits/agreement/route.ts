import { agreementEndpoint } from "@/lib/audits/plan-endpoints";
import { answerAgreement } from "@/lib/audits/server/plan-handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(agreementEndpoint, apiContext, answerAgreement);

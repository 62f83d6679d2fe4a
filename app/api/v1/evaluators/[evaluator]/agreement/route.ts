import { evaluatorAgreementEndpoint } from "@/lib/evaluators/endpoints";
import { answerAgreement } from "@/lib/evaluators/server/get-agreement";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(evaluatorAgreementEndpoint, apiContext, answerAgreement);

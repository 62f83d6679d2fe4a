import { drawPlanEndpoint } from "@/lib/audits/plan-endpoints";
import { answerDrawPlan } from "@/lib/audits/server/plan-handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(drawPlanEndpoint, apiContext, answerDrawPlan);

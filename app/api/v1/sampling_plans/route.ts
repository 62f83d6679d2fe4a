import { listPlansEndpoint, createPlanEndpoint } from "@/lib/audits/plan-endpoints";
import { answerListPlans, answerCreatePlan } from "@/lib/audits/server/plan-handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listPlansEndpoint, apiContext, answerListPlans);
export const POST = serve(createPlanEndpoint, apiContext, answerCreatePlan);

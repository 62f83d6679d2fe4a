import { metricEndpoint } from "@/lib/evaluations/board-schema";
import { answerMetric } from "@/lib/evaluations/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(metricEndpoint, apiContext, answerMetric);

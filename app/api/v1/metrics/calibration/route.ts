import { calibrationEndpoint } from "@/lib/evaluations/schema";
import { answerCalibration } from "@/lib/evaluations/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(calibrationEndpoint, apiContext, answerCalibration);

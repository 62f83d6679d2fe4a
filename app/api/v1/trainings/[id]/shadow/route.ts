import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { shadowTrainingEndpoint } from "@/lib/learning/trainings";
import { startShadowTraining } from "@/lib/learning/server/start-shadow-training";
import { serve } from "@/lib/server/serve";

export const POST = serve(shadowTrainingEndpoint, apiContext, fromParams(startShadowTraining));

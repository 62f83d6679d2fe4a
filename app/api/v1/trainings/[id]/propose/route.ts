import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { proposeTrainingEndpoint } from "@/lib/learning/trainings";
import { proposeTraining } from "@/lib/learning/server/propose-training";
import { serve } from "@/lib/server/serve";

export const POST = serve(proposeTrainingEndpoint, apiContext, fromParams(proposeTraining));

import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { getTrainingEndpoint } from "@/lib/learning/trainings";
import { getTraining } from "@/lib/learning/server/list-trainings";
import { serve } from "@/lib/server/serve";

export const GET = serve(getTrainingEndpoint, apiContext, fromParams(getTraining));

import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { signTrainingEndpoint } from "@/lib/learning/trainings";
import { signTraining } from "@/lib/learning/server/sign-training";
import { serve } from "@/lib/server/serve";

export const POST = serve(signTrainingEndpoint, apiContext, fromParams(signTraining));

import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { declineTrainingEndpoint } from "@/lib/learning/trainings";
import { declineTraining } from "@/lib/learning/server/decline-training";
import { serve } from "@/lib/server/serve";

export const POST = serve(declineTrainingEndpoint, apiContext, fromParams(declineTraining));

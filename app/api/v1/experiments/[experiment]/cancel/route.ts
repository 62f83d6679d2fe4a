import { fromParams } from "@/lib/apps/server/handlers";
import { cancelExperimentEndpoint } from "@/lib/experiments/experiment-endpoints";
import { cancelExperiment } from "@/lib/experiments/server/cancel-experiment";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(cancelExperimentEndpoint, apiContext, fromParams(cancelExperiment));

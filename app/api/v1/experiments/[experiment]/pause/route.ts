import { fromParams } from "@/lib/apps/server/handlers";
import { pauseExperimentEndpoint } from "@/lib/experiments/experiment-endpoints";
import { pauseExperiment } from "@/lib/experiments/server/pause-experiment";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(pauseExperimentEndpoint, apiContext, fromParams(pauseExperiment));

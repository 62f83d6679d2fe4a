import { fromParams } from "@/lib/apps/server/handlers";
import { getExperimentEndpoint } from "@/lib/experiments/experiment-endpoints";
import { getExperiment } from "@/lib/experiments/server/get-experiment";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getExperimentEndpoint, apiContext, fromParams(getExperiment));

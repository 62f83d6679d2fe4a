import { fromBoth } from "@/lib/apps/server/handlers";
import { resumeExperimentEndpoint } from "@/lib/experiments/experiment-endpoints";
import { resumeExperiment } from "@/lib/experiments/server/resume-experiment";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(resumeExperimentEndpoint, apiContext, fromBoth(resumeExperiment));

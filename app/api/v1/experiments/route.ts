import { fromQuery } from "@/lib/apps/server/handlers";
import { createExperimentEndpoint, listExperimentsEndpoint } from "@/lib/experiments/experiment-endpoints";
import { createExperiment } from "@/lib/experiments/server/create-experiment";
import { listExperiments } from "@/lib/experiments/server/list-experiments";
import { apiContext } from "@/lib/identity/server/api-context";
import { Reply } from "@/lib/server/handle";
import { serve } from "@/lib/server/serve";

export const GET = serve(listExperimentsEndpoint, apiContext, fromQuery(listExperiments));
export const POST = serve(createExperimentEndpoint, apiContext, async (ctx, { body }) => {
  const made = await createExperiment(ctx, body);
  return new Reply(made, { headers: { Location: `/api/v1/experiments/${made.id}` } });
});

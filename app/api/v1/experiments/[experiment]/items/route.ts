import { listExperimentItemsEndpoint } from "@/lib/experiments/experiment-endpoints";
import { listExperimentItems } from "@/lib/experiments/server/list-experiment-items";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listExperimentItemsEndpoint, apiContext, (ctx, { params, query }) =>
  listExperimentItems(ctx, { ...params, ...query }),
);

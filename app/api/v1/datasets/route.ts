import { fromQuery } from "@/lib/apps/server/handlers";
import { createDatasetEndpoint, listDatasetsEndpoint } from "@/lib/experiments/dataset-endpoints";
import { createDataset } from "@/lib/experiments/server/create-dataset";
import { listDatasets } from "@/lib/experiments/server/list-datasets";
import { apiContext } from "@/lib/identity/server/api-context";
import { Reply } from "@/lib/server/handle";
import { serve } from "@/lib/server/serve";

export const GET = serve(listDatasetsEndpoint, apiContext, fromQuery(listDatasets));
export const POST = serve(createDatasetEndpoint, apiContext, async (ctx, { body }) => {
  const made = await createDataset(ctx, body);
  return new Reply(made, { headers: { Location: `/api/v1/datasets/${made.id}` } });
});

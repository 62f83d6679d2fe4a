import { addDatasetVersionEndpoint, listDatasetVersionsEndpoint } from "@/lib/experiments/dataset-endpoints";
import { addDatasetVersion } from "@/lib/experiments/server/add-dataset-version";
import { listDatasetVersions } from "@/lib/experiments/server/list-dataset-versions";
import { apiContext } from "@/lib/identity/server/api-context";
import { Reply } from "@/lib/server/handle";
import { serve } from "@/lib/server/serve";

export const GET = serve(listDatasetVersionsEndpoint, apiContext, (ctx, { params, query }) =>
  listDatasetVersions(ctx, { ...params, ...query }),
);
export const POST = serve(addDatasetVersionEndpoint, apiContext, async (ctx, { params, body }) => {
  const made = await addDatasetVersion(ctx, { ...body, datasetId: params.dataset });
  return new Reply(made, { headers: { Location: `/api/v1/dataset_versions/${made.id}` } });
});

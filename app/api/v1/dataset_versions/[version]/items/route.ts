import { listDatasetItemsEndpoint } from "@/lib/experiments/dataset-endpoints";
import { listDatasetItems } from "@/lib/experiments/server/list-dataset-items";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listDatasetItemsEndpoint, apiContext, (ctx, { params, query }) =>
  listDatasetItems(ctx, { ...params, ...query }),
);

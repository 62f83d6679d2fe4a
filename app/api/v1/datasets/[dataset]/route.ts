import { fromParams } from "@/lib/apps/server/handlers";
import { getDatasetEndpoint } from "@/lib/experiments/dataset-endpoints";
import { getDataset } from "@/lib/experiments/server/get-dataset";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getDatasetEndpoint, apiContext, fromParams(getDataset));

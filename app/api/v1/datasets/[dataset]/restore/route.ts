import { fromParams } from "@/lib/apps/server/handlers";
import { restoreDatasetEndpoint } from "@/lib/experiments/dataset-endpoints";
import { restoreDataset } from "@/lib/experiments/server/archive-dataset";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(restoreDatasetEndpoint, apiContext, fromParams(restoreDataset));

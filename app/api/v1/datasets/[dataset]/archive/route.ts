import { fromParams } from "@/lib/apps/server/handlers";
import { archiveDatasetEndpoint } from "@/lib/experiments/dataset-endpoints";
import { archiveDataset } from "@/lib/experiments/server/archive-dataset";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(archiveDatasetEndpoint, apiContext, fromParams(archiveDataset));

import { fromParams } from "@/lib/apps/server/handlers";
import { getDatasetVersionEndpoint } from "@/lib/experiments/dataset-endpoints";
import { getDatasetVersion } from "@/lib/experiments/server/get-dataset-version";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getDatasetVersionEndpoint, apiContext, fromParams(getDatasetVersion));

import { experimentResultsEndpoint } from "@/lib/experiments/experiment-endpoints";
import { exportResults } from "@/lib/experiments/server/export-results";
import { apiContext } from "@/lib/identity/server/api-context";
import { serveFile } from "@/lib/server/serve-file";

export const GET = serveFile(experimentResultsEndpoint, apiContext, exportResults);

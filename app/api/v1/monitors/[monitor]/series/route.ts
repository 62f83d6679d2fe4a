import { apiContext } from "@/lib/identity/server/api-context";
import { listMonitorSeriesEndpoint } from "@/lib/monitors/endpoints";
import { listMonitorSeriesHandler } from "@/lib/monitors/server/handlers";
import { serve } from "@/lib/server/serve";

export const GET = serve(listMonitorSeriesEndpoint, apiContext, listMonitorSeriesHandler);

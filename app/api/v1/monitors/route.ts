import { fromBody, fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { createMonitorEndpoint, listMonitorsEndpoint } from "@/lib/monitors/endpoints";
import { createMonitor } from "@/lib/monitors/server/create-monitor";
import { listMonitors } from "@/lib/monitors/server/list-monitors";
import { serve } from "@/lib/server/serve";

export const GET = serve(listMonitorsEndpoint, apiContext, fromQuery(listMonitors));
export const POST = serve(createMonitorEndpoint, apiContext, fromBody(createMonitor));

import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { archiveMonitorEndpoint, changeMonitorEndpoint, getMonitorEndpoint } from "@/lib/monitors/endpoints";
import { archiveMonitor } from "@/lib/monitors/server/archive-monitor";
import { getMonitor } from "@/lib/monitors/server/get-monitor";
import { changeMonitorHandler } from "@/lib/monitors/server/handlers";
import { serve } from "@/lib/server/serve";

export const GET = serve(getMonitorEndpoint, apiContext, fromParams(getMonitor));
export const PUT = serve(changeMonitorEndpoint, apiContext, changeMonitorHandler);
export const DELETE = serve(archiveMonitorEndpoint, apiContext, fromParams(archiveMonitor));

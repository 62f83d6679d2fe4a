import { apiContext } from "@/lib/identity/server/api-context";
import { muteMonitorEndpoint } from "@/lib/monitors/endpoints";
import { muteMonitor } from "@/lib/monitors/server/mute-monitor";
import { serve } from "@/lib/server/serve";

export const PUT = serve(muteMonitorEndpoint, apiContext, (ctx, { params, body }) =>
  muteMonitor(ctx, { ...params, ...body }),
);

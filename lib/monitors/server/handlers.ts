import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { VerbInput } from "@/lib/server/handle";
import type { ChangeMonitor, ListMonitorSeries } from "../endpoints";
import { changeMonitor } from "./change-monitor";
import { listMonitorSeries } from "./list-monitor-series";

type One = { monitor: string };

/** PUT /monitors/{monitor}. */
export function changeMonitorHandler(
  ctx: Context,
  { params, body }: VerbInput<One, unknown, ChangeMonitor["draft"]>,
) {
  authorize(ctx, "monitors.write");
  return changeMonitor(ctx, { monitor: params.monitor, draft: body });
}

/** GET /monitors/{monitor}/series. */
export function listMonitorSeriesHandler(
  ctx: Context,
  { params, query }: VerbInput<One, Omit<ListMonitorSeries, "monitor">, unknown>,
) {
  authorize(ctx, "monitors.read");
  return listMonitorSeries(ctx, { ...params, ...query });
}

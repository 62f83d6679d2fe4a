import { measureMetric } from "@/lib/evaluations/server/measure-metric";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ListMonitorSeries, MonitorPoint } from "../endpoints";
import { readMonitor } from "./read-monitors";

const points = 24;
const minuteMs = 60_000;

/**
 * A monitor's figure at 24 moments: the latest, or those around a given one, three quarters of them before it. Each is
 * the figure of the monitor's own window that ends there. Throws `not_found`.
 */
export async function listMonitorSeries(ctx: Context, input: ListMonitorSeries): Promise<List<MonitorPoint>> {
  authorize(ctx, "monitors.read");
  const { metric, app, type, window_minutes } = await readMonitor(ctx, input.monitor);
  const nowMs = ctx.now.getTime();
  const stepMs = Math.max(5, Math.round(window_minutes / 4)) * minuteMs;
  const around = input.around === undefined ? nowMs : Date.parse(input.around);
  const lastMs = Math.min(nowMs, around + (points / 4) * stepMs);
  const data: MonitorPoint[] = [];
  for (let back = points - 1; back >= 0; back--) {
    const to = new Date(lastMs - back * stepMs);
    const from = new Date(to.getTime() - window_minutes * minuteMs);
    const { value, low, high, n } = await measureMetric(ctx, {
      metric,
      appId: app?.id,
      typeId: type?.id,
      from,
      to,
    });
    data.push({ at: to.toISOString(), value, low, high, n });
  }
  return { object: "list", url: `/api/v1/monitors/${input.monitor}/series`, has_more: false, data };
}

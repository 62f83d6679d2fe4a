import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { metricsCatalogue, type MetricName, type MetricUnit } from "../metrics-catalogue";
import { readMetric } from "./read-metric";
import { windowOf } from "./window";

export type MeasureMetric = { metric: MetricName; appId?: string; typeId?: string; from: Date; to: Date };
/** `low` and `high` are the 95 % interval, null for counts; `n` what was observed. `value` is null without enough. */
export type MeasuredMetric = {
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  unit: MetricUnit;
};

/** One figure of the catalogue over [from, to), of everything, an app's or a type's. */
export async function measureMetric(ctx: Context, ask: MeasureMetric): Promise<MeasuredMetric> {
  authorize(ctx, "evaluations.read");
  const window = windowOf(ctx, {
    app: ask.appId,
    type: ask.typeId,
    from: ask.from.toISOString(),
    to: ask.to.toISOString(),
  });
  const { all } = await readMetric(window, ask.metric);
  const { unit } = metricsCatalogue[ask.metric];
  return { value: all.value, low: all.lower, high: all.upper, n: all.n, unit };
}

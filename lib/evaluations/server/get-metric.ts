import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { shareDifference, type SizedShare } from "@/lib/stats/difference";
import type { Difference, MetricQuery, MetricView } from "../board-schema";
import { metricsCatalogue, type MetricName, type MetricUnit } from "../metrics-catalogue";
import { kept } from "./kept";
import { markersOf } from "./markers";
import { rowsBehind } from "./population";
import { readMetric } from "./read-metric";
import type { Numbers, Reading } from "./reading";
import { notNarrowedBy, othersOf, previousOf, windowOf, type Window } from "./window";

/** Metrics that are read from decisions, so that every part of the filter applies; and what lists their rows. */
const ofDecisions: Partial<Record<MetricName, Record<string, string>>> = {
  automation_rate: {},
  auto_error_rate: { route: "execute" },
  override_rate: { route: "review" },
  proposal_error_rate: { truth: "known" },
  false_positive_rate: { truth: "negative" },
  false_negative_rate: { truth: "positive" },
  expected_calibration_error: { truth: "known" },
  brier_score: { truth: "known" },
  positive_truth_rate: { truth: "known" },
  volume: {},
  time_to_decision_p50: { route: "review" },
  time_to_decision_p90: { route: "review" },
  discrepancy_rate: {},
};

/** A named figure with its course over time, what changed meanwhile, and the time before when asked for. */
export async function getMetric(
  ctx: Context,
  { metric, ...query }: MetricQuery & { metric: MetricName },
): Promise<MetricView> {
  authorize(ctx, "evaluations.read");
  return kept(ctx, ["metric", metric, query, minuteOf(query.to, ctx)], () => read(ctx, metric, query));
}

/** An open end moves with the clock: a key that names the minute is asked again in the next. */
export function minuteOf(to: string | undefined, ctx: Context): number | string {
  return to ?? Math.floor(ctx.now.getTime() / 60_000);
}

async function read(ctx: Context, metric: MetricName, query: MetricQuery): Promise<MetricView> {
  const { compare, changes, ...filter } = query;
  const window = windowOf(ctx, filter);
  const [reading, markers, limit] = await Promise.all([
    readMetric(window, metric),
    changes === undefined ? [] : markersOf(window),
    metric === "auto_error_rate" ? promised(window) : null,
  ]);
  const before = compare === undefined ? null : previousOf(window);
  const previous = before && (await readMetric(before, metric));
  const listed = ofDecisions[metric];
  const { question, definition, better, unit, population, weighting } = metricsCatalogue[metric];
  return {
    object: "metric",
    metric,
    question,
    definition,
    better,
    from: window.from.toISOString(),
    to: window.to.toISOString(),
    computed_at: ctx.now.toISOString(),
    not_narrowed_by: listed ? [] : notNarrowedBy(filter),
    figure: {
      unit,
      ...reading.all,
      population,
      weighting,
      rows: listed ? rowsBehind(ctx, filter, listed) : {},
    },
    step: window.step,
    points: pointsOf(window, reading, unit),
    markers,
    limit,
    note: reading.note ?? null,
    previous: previous && {
      ...bare(previous.all),
      from: before.from.toISOString(),
      difference: unit === "share" ? differenceOf(reading.all, previous.all) : null,
    },
  };
}

/** Every bucket: a missing count is zero, a missing average a gap; nothing where no course is kept. */
function pointsOf(window: Window, { at }: Reading, unit: MetricUnit): MetricView["points"] {
  if (at.size === 0 && unit !== "count") return [];
  const none = { value: unit === "count" ? 0 : null, lower: null, upper: null, n: 0 };
  return window.buckets.map((bucket) => {
    const found = at.get(bucket.at);
    return { at: bucket.at, complete: bucket.complete, ...(found ? bare(found) : none) };
  });
}

export const bare = ({ value, lower, upper, n }: Numbers) => ({ value, lower, upper, n });

/** First minus second, where both have an interval. */
export function differenceOf(first: Numbers, second: Numbers): Difference | null {
  const [a, b] = [sized(first), sized(second)];
  if (!a || !b) return null;
  const { value, lower, upper } = shareDifference(a, b);
  return { value, lower, upper, real: lower > 0 || upper < 0 };
}

/** A figure that has an interval, as the statistics of two shares take it. */
export function sized({ value, lower, upper, n, ess }: Numbers): SizedShare | null {
  return value === null || lower === null || upper === null ? null : { value, lower, upper, size: ess ?? n };
}

/** The strictest error that contracts of this app and type promise. */
async function promised(w: Window): Promise<number | null> {
  const [row] = await rowsOf<{ alpha: number | null }>(
    w.ctx.db,
    sql`select min((terms->>'alpha')::float8) as alpha from contracts c where archived_at is null and ${othersOf(
      w,
      {
        org: sql`c.org_id`,
        app: sql`c.app_id`,
        type: sql`c.type_id`,
      },
    )}`,
  );
  return row?.alpha ?? null;
}

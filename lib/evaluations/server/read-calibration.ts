import { sql, type SQL } from "drizzle-orm";
import type { Prediction, Truth } from "@/lib/decisions/schema";
import { rowsOf } from "@/lib/server/rows";
import { calibrationErrorInterval } from "@/lib/stats/calibration-error";
import { effectiveSizeOf } from "@/lib/stats/effective-sample-size";
import { normalQuantile } from "@/lib/stats/normal-quantile";
import { calibrationBins, type BinSums } from "../calibration";
import { leastSample } from "../figure";
import { nothing, type Numbers, type Reading } from "./reading";
import { bucketAt, bucketText, labelledOf, type Window } from "./window";

export type CalibrationRow = BinSums & {
  at: string;
  /** Weights squared times the squared miss, and times its square: for the variance of the Brier score. */
  spreadOne: number;
  spreadTwo: number;
};

const k = sql`${calibrationBins}::float8`;
/** The right-closed bin of confidence `p`; `guess` is ceil(p * k) - 1, which may round across an edge. */
const binOf = sql`greatest(0, least(${calibrationBins - 1}::int, case
  when p > (guess + 1) / ${k} then guess + 1 when p <= guess / ${k} then guess - 1 else guess end))::int`;

/**
 * As {@link calibrationSums} by a key, and apart by truth and proposal; what stated no confidence has no bin, and no sums of
 * confidence.
 */
export function labelledSums(w: Window, { key, among }: { key: SQL; among: SQL }) {
  return rowsOf<Omit<CalibrationRow, "bin"> & { bin: number | null; truth: Truth; predicted: Prediction }>(
    w.ctx.db,
    sql`select at, truth, predicted, case when p_known then ${binOf} end as bin, count(*)::int as count, sum(w) as weight,
        sum(w * w) as "squaredWeight", coalesce(sum(w * p), 0) as stated, sum(w * y) as "right",
        coalesce(sum(w * (p - y) * (p - y)), 0) as "squaredMiss", coalesce(sum(w * w * (p - y) * (p - y)), 0) as "spreadOne",
        coalesce(sum(w * w * power(p - y, 4)), 0) as "spreadTwo"
      from (select ${key} as at, d.truth, d.predicted, d.confidence is not null as p_known, d.confidence as p,
          ceil(d.confidence * ${k}) - 1 as guess, 1 / d.truth_pi as w, case when d.truth = d.predicted then 1 else 0 end as y
        from decisions d where ${labelledOf(w)} and ${among}) labelled group by 1, 2, 3, 4`,
  );
}

/** Sums per bucket (or per `key`, any text over a decision, alias `d`) and confidence bin, of what has both. */
export function calibrationSums(w: Window, part?: { key: SQL }): Promise<CalibrationRow[]> {
  return rowsOf<CalibrationRow>(
    w.ctx.db,
    sql`select ${part ? sql`at` : bucketText}, bin, count::int as count, weight, "squaredWeight", stated, "right", "squaredMiss",
        "spreadOne", "spreadTwo" from (
      select at, ${binOf} as bin, count(*) as count, sum(w) as weight, sum(w * w) as "squaredWeight", sum(w * p) as stated,
        sum(w * y) as "right", sum(w * (p - y) * (p - y)) as "squaredMiss",
        sum(w * w * (p - y) * (p - y)) as "spreadOne", sum(w * w * power(p - y, 4)) as "spreadTwo"
      from (select ${part?.key ?? bucketAt(w, sql`d.created_at`)} as at, d.confidence as p, ceil(d.confidence * ${k}) - 1 as guess,
          1 / d.truth_pi as w, case when d.truth = d.predicted then 1 else 0 end as y
        from decisions d where ${labelledOf(w)} and d.confidence is not null) labelled
      group by 1, 2) grouped`,
  );
}

const total = <T>(rows: readonly T[], pick: (row: T) => number) =>
  rows.reduce((sum, row) => sum + pick(row), 0);

/** ECE over the bins of all rows given, with its interval; rows of one bin are added up first. */
export function eceNumbers(rows: readonly CalibrationRow[]): Numbers {
  const bins = [...Map.groupBy(rows, ({ bin }) => bin).values()].map((some) => ({
    weight: total(some, ({ weight }) => weight),
    squaredWeight: total(some, ({ squaredWeight }) => squaredWeight),
    right: total(some, ({ right }) => right),
    stated: total(some, ({ stated }) => stated),
  }));
  return numbersOf(
    rows,
    total(bins, ({ right, stated }) => Math.abs(right - stated)),
    () => calibrationErrorInterval(bins),
  );
}

/** The Brier score, with the normal interval of a weighted mean. */
export function brierNumbers(rows: readonly CalibrationRow[]): Numbers {
  return numbersOf(
    rows,
    total(rows, ({ squaredMiss }) => squaredMiss),
    (mean, weight) => {
      const one = total(rows, ({ spreadOne }) => spreadOne);
      const two = total(rows, ({ spreadTwo }) => spreadTwo);
      const squares = total(rows, ({ squaredWeight }) => squaredWeight);
      const spread = Math.max(0, two - 2 * mean * one + mean * mean * squares);
      const reach = (normalQuantile(0.975) * Math.sqrt(spread)) / weight;
      return { lower: Math.max(0, mean - reach), upper: Math.min(1, mean + reach) };
    },
  );
}

function numbersOf(
  rows: readonly CalibrationRow[],
  sum: number,
  interval: (mean: number, weight: number) => { lower: number; upper: number } | null,
): Numbers {
  const weight = total(rows, (row) => row.weight);
  const ess = effectiveSizeOf({ weight, squaredWeight: total(rows, (row) => row.squaredWeight) });
  const n = total(rows, ({ count }) => count);
  if (ess < leastSample * (1 - 1e-9)) return { ...nothing, n, ess, needed: leastSample };
  const value = sum / weight;
  return { value, ...(interval(value, weight) ?? { lower: null, upper: null }), n, ess, needed: null };
}

/** ECE or the Brier score over the window and by bucket. */
export async function readCalibrated(
  w: Window,
  name: "expected_calibration_error" | "brier_score",
): Promise<Reading> {
  const of = name === "brier_score" ? brierNumbers : eceNumbers;
  const rows = await calibrationSums(w);
  const by = Map.groupBy(rows, ({ at }) => at);
  return { all: of(rows), at: new Map([...by].map(([at, some]) => [at, of(some)])) };
}

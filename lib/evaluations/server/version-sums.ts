import { sql, type SQL } from "drizzle-orm";
import type { Route } from "@/lib/decisions/schema";
import { combineSums, emptySum, type WeightedSum } from "@/lib/stats/weighted-sum";
import type { MetricName } from "../metrics-catalogue";
import { intakeSums, type IntakeSum } from "./intake-sums";
import { brierNumbers, eceNumbers, labelledSums, type CalibrationRow } from "./read-calibration";
import { readQuantile } from "./read-quantiles";
import { shareRows } from "./read-shares";
import { countNumbers, shareNumbers, sharesOf, type Numbers, type ShareRow } from "./reading";
import { windowOf, type Window } from "./window";

/** Two versions that are compared, and what they are versions of. */
export type Versions = { a: string; b: string; by: "prompt_version" | "model" };

/** A decision's (alias `d`) version, as text. */
export const versionOf = (by: Versions["by"]): SQL =>
  by === "model" ? sql`d.model->>'name'` : sql`d.prompt_version`;

/** What is compared, in the order it is shown. */
export const compared = [
  "proposal_error_rate",
  "automation_rate",
  "auto_error_rate",
  "override_rate",
  "false_positive_rate",
  "false_negative_rate",
  "expected_calibration_error",
  "brier_score",
  "time_to_decision_p50",
  "volume",
] as const satisfies readonly MetricName[];
export type ComparedMetric = (typeof compared)[number];

type Cell = Omit<CalibrationRow, "bin"> & { bin: number | null; truth: string; predicted: string };
type Sums = {
  intake: IntakeSum[];
  cells: Cell[];
  audited: ShareRow[];
  ruled: ShareRow[];
  times: Map<string, Numbers>;
};

/** The figures of both versions from one pass each over what came in, what is labelled, audited and ruled on. */
export async function readVersions(
  w: Window,
  versions: Versions,
): Promise<(version: string) => Record<ComparedMetric, Numbers>> {
  const { a, b, by } = versions;
  const version = versionOf(by);
  const among = sql`${version} in (${a}, ${b})`;
  const [intake, cells, audited, ruled, ...times] = await Promise.all([
    intakeSums(w, by),
    labelledSums(w, { key: version, among }),
    shareRows(w, "auto_error_rate", { key: version, among }),
    shareRows(w, "override_rate", { key: version, among }),
    ...[a, b].map((one) => readQuantile(windowOf(w.ctx, { ...w.filter, [by]: one }), "time_to_decision_p50")),
  ]);
  const sums: Sums = {
    intake,
    cells,
    audited,
    ruled,
    times: new Map(times.map(({ all }, at) => [at === 0 ? a : b, all])),
  };
  return (one) => figuresOf(sums, one);
}

function figuresOf(sums: Sums, version: string): Record<ComparedMetric, Numbers> {
  const own = <T extends { at: string | null }>(rows: readonly T[]) =>
    rows.filter(({ at }) => at === version);
  const came = (...routes: Route[]) =>
    own(sums.intake).reduce((sum, { route, count }) => sum + (routes.includes(route) ? count : 0), 0);
  const [alone, reviewed] = [came("execute", "decline"), came("review")];
  const plain = (count: number): WeightedSum => ({ count, weight: count, squaredWeight: count });
  const plainly = (numbers: Numbers): Numbers => ({ ...numbers, ess: null });
  const cell = (truth: string, predicted: string) =>
    combineSums(
      emptySum,
      ...own(sums.cells).filter((row) => row.truth === truth && row.predicted === predicted),
    );
  const bins = own(sums.cells).flatMap(({ bin, ...row }) => (bin === null ? [] : [{ ...row, bin }]));
  const wrong = combineSums(cell("negative", "positive"), cell("positive", "negative"));
  const right = combineSums(cell("positive", "positive"), cell("negative", "negative"));
  return {
    proposal_error_rate: shareNumbers(wrong, right),
    automation_rate: plainly(shareNumbers(plain(alone), plain(reviewed), 0)),
    auto_error_rate: sharesOf(own(sums.audited)).all,
    override_rate: plainly(sharesOf(own(sums.ruled), 0).all),
    false_positive_rate: shareNumbers(cell("negative", "positive"), cell("negative", "negative")),
    false_negative_rate: shareNumbers(cell("positive", "negative"), cell("positive", "positive")),
    expected_calibration_error: eceNumbers(bins),
    brier_score: brierNumbers(bins),
    time_to_decision_p50: sums.times.get(version) ?? countNumbers(0),
    volume: countNumbers(alone + reviewed + came("shadow")),
  };
}

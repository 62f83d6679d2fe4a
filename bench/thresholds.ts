// What the threshold page reckons when the handle moves, over 100,000 labels, beside going through all of them. One JSON
// line a figure; `--quick` takes a tenth of the moves. Needs no database.
import { performance } from "node:perf_hooks";
import { rehearse } from "@/lib/autonomy/certify-history";
import { indexScores, labelAt } from "@/lib/autonomy/score-index";
import { curveOf, histogramOf, reliabilityOf } from "@/lib/autonomy/score-pictures";
import { segmentsAt, segmentsOf } from "@/lib/autonomy/score-segments";
import { columnsOf, someHistory } from "@/lib/autonomy/testing-history";
import { type Means, whatIf } from "@/lib/autonomy/what-if";
import { seededRandom } from "@/lib/stats/seeded-random";
import { weightedProportion } from "@/lib/stats/weighted-proportion";

const labels = 100_000;
const moves = process.argv.includes("--quick") ? 100 : 1000;
const barMs = 16;
const means: Means = {
  weeks: 13,
  auditRate: 0.1,
  handling: { median: 45, p25: 20, p75: 90 },
  costWrong: 18_000,
  costHour: 4000,
};

const random = seededRandom(1);
// Every one labelled: the most that a move can have to do with.
const history = someHistory(labels, random).map((one) => ({
  ...one,
  label: one.label === "u" ? ("r" as const) : one.label,
}));
const columns = columnsOf(history);
const segments = ["a", "b", "c"].map((model) => ({
  model,
  subject_type: null,
  prompt_version: null,
  language: null,
}));

const index = timed("thresholds.sort_once", () => indexScores(columns, labels, { outcomes: "drawn" }));
timed("thresholds.curve_once", () => curveOf(index, means));
timed("thresholds.histogram_once", () => histogramOf(index, columns, { outcomes: "drawn" }));
timed("thresholds.reliability_once", () =>
  reliabilityOf(index, columns, { outcomes: "drawn", scale: "raw" }),
);
timed("thresholds.evidence_once", () => rehearse(index, columns, { alpha: 0.02, delta: 0.05 }));
const parts = timed("thresholds.segments_once", () => segmentsOf({ columns, segments }, "drawn"));

const each: number[] = [];
let sum = 0;
for (let move = 0; move < moves; move += 1) {
  const threshold = random();
  const at = performance.now();
  sum += whatIf(index, threshold, means).alone + segmentsAt(parts, threshold).length;
  each.push(performance.now() - at);
}
each.sort((a, b) => a - b);
const [p50, p95, most] = [0.5, 0.95, 1].map((share) => each[Math.ceil(share * moves) - 1] ?? 0);
print({
  figure: "thresholds.move",
  labels,
  parts: parts.length,
  moves,
  p50_ms: p50,
  p95_ms: p95,
  max_ms: most,
  bar_ms: barMs,
  checksum: sum,
});

timed("thresholds.move_naive", () => {
  const rows = history.flatMap(({ held, score }, row) => (!held && score >= 0.7 ? [row] : []));
  return weightedProportion(
    rows.flatMap((row) => {
      const label = labelAt(columns, row, "drawn");
      return label ? [{ value: label.isWrong ? 1 : 0, weight: label.weight }] : [];
    }),
  );
});
process.exitCode = (most ?? 0) > barMs ? 1 : 0;

function timed<T>(figure: string, run: () => T): T {
  const at = performance.now();
  const made = run();
  print({ figure, labels, ms: performance.now() - at });
  return made;
}

function print(line: Record<string, unknown>): void {
  const rounded = Object.entries(line).map(([key, value]) => {
    return [key, typeof value === "number" ? Math.round(value * 1000) / 1000 : value];
  });
  process.stdout.write(`${JSON.stringify(Object.fromEntries(rounded))}\n`);
}

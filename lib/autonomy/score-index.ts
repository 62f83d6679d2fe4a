import { effectiveSizeOf } from "@/lib/stats/effective-sample-size";
import { wilsonInterval } from "@/lib/stats/wilson";
import type { ThresholdData } from "./threshold-endpoints";

type Columns = ThresholdData["columns"];

/**
 * Past decisions of one kind, best score first, with running sums: entry `i` of each sum is over the first `i` of them. So
 * the figures of any threshold are one binary search away, however many decisions there are. Only what a threshold could
 * let through is in it: what a hard rule holds back is counted in `total` alone.
 */
export type ScoreIndex = {
  /** Decisions of this kind, with what no threshold could let through. */
  total: number;
  /** Decisions that a threshold could let through. */
  size: number;
  /** Not rising. */
  scores: Float64Array;
  /** Row of the columns that each came from. */
  rows: Uint32Array;
  labelled: Uint32Array;
  wrong: Uint32Array;
  /** Sums of w, w² and w·wrong over the labelled, w = 1/pi. */
  weight: Float64Array;
  squared: Float64Array;
  wrongWeight: Float64Array;
  /** How many ran alone. */
  alone: Uint32Array;
};

/** Which rows are looked at, and whether outcomes of decisions that nobody drew count (with weight 1). */
export type Looked = { outcomes: "drawn" | "all"; keep?: (row: number) => boolean };

/** Sorts once; `total` is the number of decisions of this kind, those without a confidence too. */
export function indexScores(columns: Columns, total: number, looked: Looked): ScoreIndex {
  const rows = rowsOf(columns, looked);
  const size = rows.length;
  const index: ScoreIndex = {
    total,
    size,
    scores: new Float64Array(size),
    rows,
    labelled: new Uint32Array(size + 1),
    wrong: new Uint32Array(size + 1),
    weight: new Float64Array(size + 1),
    squared: new Float64Array(size + 1),
    wrongWeight: new Float64Array(size + 1),
    alone: new Uint32Array(size + 1),
  };
  for (let at = 0; at < size; at += 1) addRow(index, columns, { at, outcomes: looked.outcomes });
  return index;
}

function rowsOf({ score, held }: Columns, { keep }: Looked): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < score.length; row += 1) {
    if (held[row] !== "1" && (!keep || keep(row))) rows.push(row);
  }
  return Uint32Array.from(rows).sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0) || a - b);
}

function addRow(
  index: ScoreIndex,
  columns: Columns,
  { at, outcomes }: { at: number; outcomes: Looked["outcomes"] },
): void {
  const row = index.rows[at] ?? 0;
  const label = labelAt(columns, row, outcomes);
  const isWrong = label?.isWrong ? 1 : 0;
  const weight = label?.weight ?? 0;
  index.scores[at] = columns.score[row] ?? 0;
  carry(index.labelled, at, label ? 1 : 0);
  carry(index.wrong, at, isWrong);
  carry(index.weight, at, weight);
  carry(index.squared, at, weight * weight);
  carry(index.wrongWeight, at, weight * isWrong);
  carry(index.alone, at, columns.alone[row] === "1" ? 1 : 0);
}

function carry(sums: Float64Array | Uint32Array, at: number, added: number): void {
  sums[at + 1] = (sums[at] ?? 0) + added;
}

/** What is known of one row: whether it was wrong, with its weight 1/pi; null when nobody has said, or it does not count. */
export function labelAt(
  { label, pi }: Pick<Columns, "label" | "pi">,
  row: number,
  outcomes: Looked["outcomes"],
): { isWrong: boolean; weight: number } | null {
  switch (label[row]) {
    case "r":
    case "w":
      return { isWrong: label[row] === "w", weight: 1 / (pi[row] ?? 1) };
    case "R":
    case "W":
      return outcomes === "all" ? { isWrong: label[row] === "W", weight: 1 } : null;
    default:
      return null;
  }
}

/** How many score at or above `threshold`: by halving. */
export function reached({ scores, size }: Pick<ScoreIndex, "scores" | "size">, threshold: number): number {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((scores[middle] ?? -1) >= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The least effective sample size a weighted rate is shown with (autonomy.md §4). */
export const leastSample = 30;

export type ErrorRate =
  | { kind: "estimate"; value: number; lower: number; upper: number; n: number; ess: number }
  | { kind: "insufficient"; n: number; ess: number; needed: number };

/**
 * Share wrong among the first `count`: Hájek's `sum w·wrong / sum w`, with Wilson's 95 % interval on the effective sample
 * size `(sum w)² / sum w²`. Without 30 of those there is no figure.
 */
export function errorOf(index: ScoreIndex, count: number): ErrorRate {
  const weight = index.weight[count] ?? 0;
  const ess = effectiveSizeOf({ weight, squaredWeight: index.squared[count] ?? 0 });
  const n = index.labelled[count] ?? 0;
  // Weights like 1/0.05 are not exact: 30 labels of one weight must count as 30.
  if (ess < leastSample * (1 - 1e-9)) return { kind: "insufficient", n, ess, needed: leastSample };
  const wrong = index.wrong[count] ?? 0;
  const share = (index.wrongWeight[count] ?? 0) / weight;
  // All right or all wrong must be exactly 0 or 1, whatever the sums round to.
  const value = wrong === 0 ? 0 : wrong === n ? 1 : Math.min(1, share);
  return { kind: "estimate", value, ...wilsonInterval(value * ess, ess), n, ess };
}

import { type Scored, weightedMean, weightOf } from "./scored";

/** A step map from raw score to calibrated probability: score `scores[i]` maps to `values[i]`, linear in between. */
export type IsotonicMap = { scores: number[]; values: number[] };

/**
 * Isotonic regression by pool-adjacent-violators: the non-decreasing sequence nearest to `y` in weighted squares.
 * Source: Ayer et al., Annals of Mathematical Statistics 26 (1955).
 */
export function pava(y: readonly number[], weights?: readonly number[]): number[] {
  const blocks: { mean: number; weight: number; length: number }[] = [];
  y.forEach((value, i) => {
    let block = { mean: value, weight: weights?.[i] ?? 1, length: 1 };
    for (let last = blocks.at(-1); last && last.mean >= block.mean; last = blocks.at(-1)) {
      blocks.pop();
      const weight = last.weight + block.weight;
      const mean = (last.mean * last.weight + block.mean * block.weight) / weight;
      block = { mean, weight, length: last.length + block.length };
    }
    blocks.push(block);
  });
  return blocks.flatMap(({ mean, length }) => Array.from({ length }, () => mean));
}

/** Fits the map on labelled scores (equal scores are pooled first). Fit on earlier data than it is applied to. */
export function fitIsotonic(scored: readonly Scored[]): IsotonicMap {
  const groups = [...Map.groupBy(scored, ({ p }) => p)].toSorted(([a], [b]) => a - b);
  return {
    scores: groups.map(([p]) => p),
    values: pava(
      groups.map(([, items]) => weightedMean(items, ({ y }) => y) ?? 0),
      groups.map(([, items]) => items.reduce((sum, item) => sum + weightOf(item), 0)),
    ),
  };
}

/**
 * The calibrated probability of one score: interpolated, flat beyond the ends; null when the map was fitted on nothing.
 * Refuses what is no number: it lies beyond no end.
 */
export function applyIsotonic({ scores, values }: IsotonicMap, p: number): number | null {
  if (Number.isNaN(p)) throw new RangeError("a score is a number");
  const above = firstNotBelow(scores, p);
  if (above === scores.length) return values.at(-1) ?? null;
  const [left, right] = [scores[above - 1], scores[above]];
  const [low, high] = [values[above - 1], values[above]];
  if (left === undefined || right === undefined || low === undefined || high === undefined)
    return high ?? null;
  return low + ((high - low) * (p - left)) / (right - left);
}

/** Index of the first of ascending scores that is at least `p`; their count when none is. */
function firstNotBelow(scores: readonly number[], p: number): number {
  let [low, high] = [0, scores.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((scores[middle] ?? Infinity) >= p) high = middle;
    else low = middle + 1;
  }
  return low;
}

import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import { normalQuantile } from "./normal-quantile";

export type MarginOptions = {
  /** The share expected; 0.5 is the worst case. */
  share?: number;
  /** Two-sided confidence. */
  level?: number;
  method?: "wilson" | "clopper_pearson";
  /** How many there are in all: a sample that is a good part of them says more (Cochran's correction). */
  population?: number;
};

/**
 * Half the width of the interval that `n` judgements would give of a share. Wilson: JASA 22 (1927), or Clopper-Pearson:
 * Biometrika 26 (1934), at `n·share` wrong ones. With a population it shrinks by `sqrt((N - n) / (N - 1))`
 * (Cochran, Sampling Techniques, 3rd ed., 1977, §2.6). Nothing judged leaves everything open: 0.5.
 */
export function marginOf(n: number, options: MarginOptions = {}): number {
  const { population } = options;
  if (!(n >= 0)) throw new RangeError("a sample has no negative size");
  if (n === 0) return 0.5;
  if (population === undefined) return plainMargin(n, options);
  if (n >= population) return 0;
  // Fewer than one judgement (an expected number) leaves as much open as none.
  const correction = Math.min(1, Math.sqrt((population - n) / (population - 1)));
  return Math.min(0.5, plainMargin(n, options) * correction);
}

/**
 * The least number of judgements whose interval reaches no further than `margin` (0 < margin < 0.5) either way on
 * average, see {@link marginOf}. Never more than the population.
 */
export function requiredSampleSize(margin: number, options: MarginOptions = {}): number {
  if (!(margin > 0 && margin < 0.5)) throw new RangeError("a margin lies between 0 and 0.5");
  let enough = 1;
  while (enough < (options.population ?? Infinity) && marginOf(enough, options) > margin) enough *= 2;
  enough = Math.min(enough, options.population ?? Infinity);
  let short = Math.floor(enough / 2);
  while (enough - short > 1) {
    const middle = Math.floor((enough + short) / 2);
    if (marginOf(middle, options) > margin) short = middle;
    else enough = middle;
  }
  return enough;
}

function plainMargin(n: number, { share = 0.5, level = 0.95, method = "wilson" }: MarginOptions): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError("a share lies in [0, 1]");
  const z = normalQuantile((1 + level) / 2);
  if (method === "wilson") {
    return (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  }
  const wrong = n * share;
  const lower = wrong === 0 ? 0 : betaQuantile((1 - level) / 2, wrong, n - wrong + 1);
  const upper = wrong === n ? 1 : betaQuantile((1 + level) / 2, wrong + 1, n - wrong);
  return (upper - lower) / 2;
}

import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import type { Interval } from "./interval";

/**
 * The exact (Clopper-Pearson) interval of a binomial proportion, two-sided at `level`: quantiles of the beta
 * distribution, `[BetaInv((1-level)/2; k, n-k+1), BetaInv((1+level)/2; k+1, n-k)]`. Source: Biometrika 26 (1934).
 * Counts are whole numbers. For server code: the beta quantile is a heavy import for a browser.
 */
export function clopperPearson(successes: number, trials: number, level = 0.95): Interval {
  const oneSided = (1 + level) / 2;
  return {
    lower: clopperPearsonLower(successes, trials, oneSided),
    upper: clopperPearsonUpper(successes, trials, oneSided),
  };
}

/** The one-sided upper bound: with probability `level` at least, the true proportion lies at or below it. */
export function clopperPearsonUpper(successes: number, trials: number, level = 0.95): number {
  assertCounts(successes, trials, level);
  return successes === trials ? 1 : betaQuantile(level, successes + 1, trials - successes);
}

/** The one-sided lower bound: with probability `level` at least, the true proportion lies at or above it. */
export function clopperPearsonLower(successes: number, trials: number, level = 0.95): number {
  assertCounts(successes, trials, level);
  return successes === 0 ? 0 : betaQuantile(1 - level, successes, trials - successes + 1);
}

function assertCounts(successes: number, trials: number, level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError("a level lies strictly between 0 and 1");
  const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(trials);
  if (!whole || successes < 0 || successes > trials) {
    throw new RangeError("successes and trials are whole numbers, 0 <= successes <= trials");
  }
}

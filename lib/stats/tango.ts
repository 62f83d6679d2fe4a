import type { Interval } from "./interval";
import { normalQuantile } from "./normal-quantile";

/** Pairs that differ: `onlyFirst` had the event under the first condition alone, `onlySecond` under the second; `n` counts all pairs. */
export type DiscordantPairs = { onlyFirst: number; onlySecond: number; n: number };

/**
 * The asymptotic score interval of the difference of two paired proportions, `(onlyFirst - onlySecond) / n`, two-sided
 * at `level`. It holds the differences that the score test of "the difference is this" does not refuse, so that it
 * stays sensible where nothing or everything differs. No pairs say nothing: [-1, 1].
 * Source: Tango, Statistics in Medicine 17 (1998), equations 24 to 26.
 */
export function tangoInterval(pairs: DiscordantPairs, level = 0.95): Interval {
  const { onlyFirst, onlySecond, n } = pairs;
  if (!(onlyFirst >= 0 && onlySecond >= 0 && onlyFirst + onlySecond <= n)) {
    throw new RangeError("pairs that differ are counts, and at most all of them");
  }
  if (n === 0) return { lower: -1, upper: 1 };
  const z = normalQuantile((1 + level) / 2);
  const observed = (onlyFirst - onlySecond) / n;
  return { lower: whereScoreIs(z, pairs, [-1, observed]), upper: whereScoreIs(-z, pairs, [observed, 1]) };
}

/** The score falls as the supposed difference grows: halved until nothing lies between. */
function whereScoreIs(target: number, pairs: DiscordantPairs, [from, to]: [number, number]): number {
  let low = from;
  let high = to;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (score(pairs, middle) > target) low = middle;
    else high = middle;
  }
}

/** How far what was seen lies from a supposed difference, in standard errors under that supposition. */
function score({ onlyFirst, onlySecond, n }: DiscordantPairs, difference: number): number {
  const b = (2 * n - onlyFirst + onlySecond) * difference - onlyFirst - onlySecond;
  const c = -onlySecond * difference * (1 - difference);
  const share = (Math.sqrt(Math.max(0, b * b - 8 * n * c)) - b) / (4 * n);
  const variance = n * (2 * share + difference * (1 - difference));
  const distance = onlyFirst - onlySecond - n * difference;
  if (variance <= 0) return distance === 0 ? 0 : distance > 0 ? Infinity : -Infinity;
  return distance / Math.sqrt(variance);
}

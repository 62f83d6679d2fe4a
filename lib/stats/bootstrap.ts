import type { Interval } from "./interval";
import { percentile } from "./percentile";

export type BootstrapOptions = {
  /** Uniform in [0, 1); give a seeded one where the same data must give the same interval. */
  random: () => number;
  rounds?: number;
  /** Two-sided. */
  level?: number;
};

/**
 * The percentile bootstrap interval of a statistic over items: resampled with replacement `rounds` times (1,000).
 * The statistic is given the distinct items and how often each came; `keyOf` says which are alike, so that a round costs
 * its draws and not its items. Rounds in which it is not defined are left out; null when fewer than half are defined.
 * Source: Efron, Annals of Statistics 7 (1979).
 */
export function bootstrapInterval<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  statistic: (distinct: readonly T[], times: readonly number[]) => number | null,
  { random, rounds = 1000, level = 0.95 }: BootstrapOptions,
): Interval | null {
  const { distinct, places } = grouped(items, keyOf);
  const values: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const times = distinct.map(() => 0);
    for (const _ of places) {
      const drawn = places[Math.floor(random() * places.length)] ?? 0;
      times[drawn] = (times[drawn] ?? 0) + 1;
    }
    const value = statistic(distinct, times);
    if (value !== null) values.push(value);
  }
  if (values.length < rounds / 2) return null;
  const lower = percentile(values, (1 - level) / 2);
  const upper = percentile(values, (1 + level) / 2);
  return lower === null || upper === null ? null : { lower, upper };
}

/** The distinct items, and for each item which of them it is. */
function grouped<T>(items: readonly T[], keyOf: (item: T) => string): { distinct: T[]; places: number[] } {
  const at = new Map<string, number>();
  const distinct: T[] = [];
  const places = items.map((item) => {
    const key = keyOf(item);
    const known = at.get(key);
    if (known !== undefined) return known;
    at.set(key, distinct.length);
    return distinct.push(item) - 1;
  });
  return { distinct, places };
}

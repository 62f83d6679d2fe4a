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
 * Rounds in which the statistic is not defined are left out; null when fewer than half are defined.
 * Source: Efron, Annals of Statistics 7 (1979).
 */
export function bootstrapInterval<T>(
  items: readonly T[],
  statistic: (sample: readonly T[]) => number | null,
  { random, rounds = 1000, level = 0.95 }: BootstrapOptions,
): Interval | null {
  const values: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const sample: T[] = [];
    for (const _ of items) {
      const at = Math.floor(random() * items.length);
      sample.push(...items.slice(at, at + 1));
    }
    const value = statistic(sample);
    if (value !== null) values.push(value);
  }
  if (values.length < rounds / 2) return null;
  const lower = percentile(values, (1 - level) / 2);
  const upper = percentile(values, (1 + level) / 2);
  return lower === null || upper === null ? null : { lower, upper };
}

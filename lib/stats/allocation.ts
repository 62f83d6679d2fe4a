import { sum } from "./sum";

/** One part of a population: how many there are, and how much they vary (for a share p: `sqrt(p(1-p))`). */
export type StratumSize = { size: number; deviation?: number };

/**
 * How many of `n` each stratum gets when each gets its share of the population: `n·N_h / N`. Whole numbers by largest
 * remainder, never more than a stratum has. Source: Bowley, Bulletin de l'Institut International de Statistique 22 (1926).
 */
export function proportionalAllocation(n: number, strata: readonly StratumSize[]): number[] {
  return allocate(n, strata, ({ size }) => size);
}

/**
 * The same in proportion to `N_h·S_h`, which gives the least variance of the overall estimate for the same n: more where
 * answers vary more. Source: Neyman, Journal of the Royal Statistical Society 97 (1934).
 */
export function neymanAllocation(n: number, strata: readonly StratumSize[]): number[] {
  return allocate(n, strata, ({ size, deviation = 0.5 }) => size * deviation);
}

function allocate(
  n: number,
  strata: readonly StratumSize[],
  weightOf: (one: StratumSize) => number,
): number[] {
  const shares = strata.map(() => 0);
  const full = new Set<number>();
  let left = Math.min(n, sum(strata.map(({ size }) => size)));
  // What a full stratum cannot take goes to the others, until nobody is over.
  for (;;) {
    const weights = strata.map((one, i) => (full.has(i) ? 0 : weightOf(one)));
    const all = sum(weights);
    if (all === 0) break;
    const over = strata.findIndex(
      ({ size }, i) => !full.has(i) && (left * (weights[i] ?? 0)) / all > size * (1 + 1e-12),
    );
    if (over < 0) {
      weights.forEach((weight, i) => {
        if (!full.has(i)) shares[i] = (left * weight) / all;
      });
      break;
    }
    const size = strata[over]?.size ?? 0;
    shares[over] = size;
    full.add(over);
    left -= size;
  }
  return largestRemainder(shares);
}

function largestRemainder(shares: readonly number[]): number[] {
  const whole = shares.map((share) => Math.floor(share + 1e-9));
  const order = shares
    .map((share, i) => ({ i, rest: share - (whole[i] ?? 0) }))
    .toSorted((a, b) => b.rest - a.rest || a.i - b.i);
  const missing = Math.round(sum(shares)) - sum(whole);
  for (const { i } of order.slice(0, Math.max(0, missing))) whole[i] = (whole[i] ?? 0) + 1;
  return whole;
}

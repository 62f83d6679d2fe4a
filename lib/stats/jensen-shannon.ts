import { pairedShares } from "./shares";

/**
 * Jensen-Shannon divergence of two distributions over the same categories: `(KL(p|m) + KL(q|m)) / 2`, m the mean of both.
 * Counts or shares, any scale. In nats, from 0 (alike) to ln 2 (nothing in common). Source: Lin, IEEE Transactions on
 * Information Theory 37 (1991).
 */
export function jensenShannonDivergence(reference: readonly number[], current: readonly number[]): number {
  const total = pairedShares(reference, current).reduce((sum, [p, q]) => {
    const middle = (p + q) / 2;
    return sum + part(p, middle) + part(q, middle);
  }, 0);
  return Math.max(0, total / 2);
}

/**
 * Its square root, a metric. With `base` 2 (the usual one) from 0 to 1; `Math.E` gives nats.
 * Source: Endres & Schindelin, IEEE Transactions on Information Theory 49 (2003).
 */
export function jensenShannonDistance(
  reference: readonly number[],
  current: readonly number[],
  base = 2,
): number {
  return Math.sqrt(jensenShannonDivergence(reference, current) / Math.log(base));
}

function part(share: number, middle: number): number {
  return share === 0 ? 0 : share * Math.log(share / middle);
}

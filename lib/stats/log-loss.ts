import { type Scored, weightedMean } from "./scored";

/**
 * Log loss in nats: the mean of `-(y ln p + (1-y) ln(1-p))`; null when nothing was scored. A forecast of exactly 0 or 1 is
 * moved inside by the smallest double step (2^-52), as scikit-learn does: a sure and wrong one costs 36, not infinity.
 */
export function logLoss(scored: readonly Scored[]): number | null {
  return weightedMean(scored, ({ p, y }) => {
    const inside = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p));
    return -(y * Math.log(inside) + (1 - y) * Math.log1p(-inside));
  });
}

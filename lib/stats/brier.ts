import { type Scored, weightedMean, weightOf } from "./scored";

/** Brier score: the mean of `(p - y)²`; null when nothing was scored. Source: Brier, Monthly Weather Review 78 (1950). */
export function brierScore(scored: readonly Scored[]): number | null {
  return weightedMean(scored, ({ p, y }) => (p - y) ** 2);
}

/** `brier = reliability - resolution + uncertainty`, exactly. */
export type MurphyDecomposition = {
  brier: number;
  reliability: number;
  resolution: number;
  uncertainty: number;
};

/**
 * Murphy's decomposition, grouped by distinct forecast: reliability `sum w_g/w (p_g - y_g)²` (0 is best), resolution
 * `sum w_g/w (y_g - y)²` (more is better), uncertainty `y(1 - y)`. Source: Murphy, J. Applied Meteorology 12 (1973).
 * To see it by bin rather than by forecast, pass each item with its bin's mean p.
 */
export function murphyDecomposition(scored: readonly Scored[]): MurphyDecomposition | null {
  const base = weightedMean(scored, ({ y }) => y);
  if (base === null) return null;
  const groups = [...Map.groupBy(scored, ({ p }) => p)].map(([p, items]) => ({
    p,
    rate: weightedMean(items, ({ y }) => y) ?? 0,
    weight: items.reduce((sum, item) => sum + weightOf(item), 0),
  }));
  return {
    brier: brierScore(scored) ?? 0,
    reliability: weightedMean(groups, ({ p, rate }) => (p - rate) ** 2) ?? 0,
    resolution: weightedMean(groups, ({ rate }) => (rate - base) ** 2) ?? 0,
    uncertainty: base * (1 - base),
  };
}

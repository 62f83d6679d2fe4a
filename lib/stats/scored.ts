/**
 * One forecast with its outcome. `p` in [0,1] is the stated probability or confidence; `y` is 1 when the event happened
 * (or the decision was right) and 0 when not; `weight` is 1/propensity for sampled labels and 1 when left out.
 */
export type Scored = { p: number; y: number; weight?: number };

/** The weight of one observation: 1 unless it says otherwise. */
export function weightOf(observation: { weight?: number }): number {
  return observation.weight ?? 1;
}

/** `sum(w * f(x)) / sum(w)`, the weighted mean of a figure; null when there is no weight at all. */
export function weightedMean<T extends { weight?: number }>(
  items: readonly T[],
  figure: (item: T) => number,
) {
  let total = 0;
  let weight = 0;
  for (const item of items) {
    total += weightOf(item) * figure(item);
    weight += weightOf(item);
  }
  return weight > 0 ? total / weight : null;
}

/** A labelled decision: its value (loss 0..1, or 0/1) and the probability, fixed before the draw, that it got a label. */
export type Labelled = { value: number; propensity: number };

/**
 * The Horvitz-Thompson estimate of a mean over `population` decisions of which only some are labelled:
 * `sum(value / propensity) / population`. Unbiased whatever the values, but it may exceed 1: show Hájek's.
 * Source: Horvitz & Thompson, JASA 47 (1952).
 */
export function horvitzThompson(labelled: readonly Labelled[], population: number): number {
  if (!(population > 0)) throw new RangeError("a population has at least one member");
  return labelled.reduce((sum, { value, propensity }) => sum + value * inverse(propensity), 0) / population;
}

/**
 * Hájek's ratio estimate of the same mean: `sum(value / propensity) / sum(1 / propensity)`. Stays within the values' range.
 * Null when nothing is labelled. Source: Hájek, in Foundations of Statistical Inference (1971).
 */
export function hajek(labelled: readonly Labelled[]): number | null {
  let total = 0;
  let weight = 0;
  for (const { value, propensity } of labelled) {
    total += value * inverse(propensity);
    weight += inverse(propensity);
  }
  return weight > 0 ? total / weight : null;
}

function inverse(propensity: number): number {
  if (!(propensity > 0 && propensity <= 1)) throw new RangeError("a propensity lies in (0, 1]");
  return 1 / propensity;
}

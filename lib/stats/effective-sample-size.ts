import type { WeightedSum } from "./weighted-sum";

/**
 * How many equally weighted observations carry as much information: `(sum w)² / sum w²`. 0 for nothing.
 * Source: Kish, Survey Sampling (1965), the reciprocal of the design effect of weighting.
 */
export function effectiveSampleSize(weights: readonly number[]): number {
  let weight = 0;
  let squaredWeight = 0;
  for (const w of weights) {
    weight += w;
    squaredWeight += w * w;
  }
  return effectiveSizeOf({ weight, squaredWeight });
}

/** The same from sums already made. */
export function effectiveSizeOf({
  weight,
  squaredWeight,
}: Pick<WeightedSum, "weight" | "squaredWeight">): number {
  return squaredWeight > 0 ? (weight * weight) / squaredWeight : 0;
}

import { effectiveSizeOf } from "./effective-sample-size";
import { weightOf } from "./scored";
import { addToSum, combineSums, emptySum, type WeightedSum } from "./weighted-sum";
import { wilsonInterval } from "./wilson";

/** A share with its interval, or the plain statement that too little was observed to show one. */
export type WeightedProportion =
  | { kind: "estimate"; value: number; lower: number; upper: number; ess: number; n: number }
  | { kind: "insufficient"; ess: number; n: number; needed: number };

/** `level`: two-sided confidence (0.95). `minimumEss`: below it no figure is given (30); 0 shows anything but nothing. */
export type ProportionOptions = { level?: number; minimumEss?: number };

/**
 * Hájek's estimate of a share from observations weighted by 1/propensity. `value` is 1 or 0.
 * Method of the interval: Wilson on the effective sample size `(sum w)² / sum w²`. Refuses below `minimumEss`.
 */
export function weightedProportion(
  observations: readonly { value: number; weight?: number }[],
  options: ProportionOptions = {},
): WeightedProportion {
  let yes = emptySum;
  let no = emptySum;
  for (const observation of observations) {
    const weight = weightOf(observation);
    if (observation.value !== 0 && observation.value !== 1) throw new RangeError("a value is 0 or 1");
    if (observation.value === 1) yes = addToSum(yes, weight);
    else no = addToSum(no, weight);
  }
  return weightedProportionOf(yes, no, options);
}

/** The same from sums, as a database returns them. */
export function weightedProportionOf(
  yes: WeightedSum,
  no: WeightedSum,
  { level = 0.95, minimumEss = 30 }: ProportionOptions = {},
): WeightedProportion {
  const all = combineSums(yes, no);
  const ess = effectiveSizeOf(all);
  // Weights like 1/0.05 are not exact: 30 labels of one weight must count as 30.
  if (ess === 0 || ess < minimumEss * (1 - 1e-9)) {
    return { kind: "insufficient", ess, n: all.count, needed: Math.max(minimumEss, 1) };
  }
  const value = Math.min(1, yes.weight / all.weight);
  return { kind: "estimate", value, ...wilsonInterval(value * ess, ess, level), ess, n: all.count };
}

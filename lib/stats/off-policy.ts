import { effectiveSampleSize } from "./effective-sample-size";
import { sum } from "./sum";

/**
 * One logged action: its `reward`, the chance `behaviour` in (0,1] with which the policy in force took it, and the chance
 * `target` in [0,1] with which the policy to be judged would. For the doubly robust estimate also what a model expects of
 * the action taken (`predicted`) and of the target policy as a whole (`value`).
 */
export type LoggedAction = { reward: number; behaviour: number; target: number };
export type ModelledAction = LoggedAction & { predicted: number; value: number };

/**
 * What the target policy would have earned on average, three ways, with the effective sample size of the weights
 * `w = target/behaviour`: inverse propensity `mean(w·r)` (unbiased, may leave the range of the rewards), self-normalised
 * `sum(w·r)/sum(w)` (stays in it; null when the target takes none of the logged actions).
 * Source: Horvitz & Thompson, JASA 47 (1952); Swaminathan & Joachims, NeurIPS 2015.
 */
export function offPolicyValue(log: readonly LoggedAction[]): {
  ips: number;
  snips: number | null;
  ess: number;
} {
  const weights = weightsOf(log);
  const weighted = sum(log.map(({ reward }, i) => (weights[i] ?? 0) * reward));
  const total = sum(weights);
  return {
    ips: weighted / log.length,
    snips: total > 0 ? weighted / total : null,
    ess: effectiveSampleSize(weights),
  };
}

/**
 * The doubly robust estimate `mean(value + w(r - predicted))`: right when either the propensities or the model are.
 * Source: Dudík, Langford & Li, ICML 2011.
 */
export function doublyRobustValue(log: readonly ModelledAction[]): number {
  const weights = weightsOf(log);
  const terms = log.map(
    ({ reward, predicted, value }, i) => value + (weights[i] ?? 0) * (reward - predicted),
  );
  return sum(terms) / log.length;
}

function weightsOf(log: readonly LoggedAction[]): number[] {
  if (log.length === 0) throw new RangeError("a log has at least one action");
  return log.map(({ behaviour, target }) => {
    if (!(behaviour > 0 && behaviour <= 1 && target >= 0 && target <= 1)) {
      throw new RangeError("a logged propensity lies in (0, 1], a target's in [0, 1]");
    }
    return target / behaviour;
  });
}

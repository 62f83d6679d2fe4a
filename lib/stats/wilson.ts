import type { Interval } from "./interval";
import { normalQuantile } from "./normal-quantile";

/**
 * The Wilson score interval of a proportion, two-sided at `level`:
 * `(p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)`. Source: Wilson, JASA 22 (1927).
 * `successes` and `trials` may be fractions, so that a weighted proportion can be given on its effective n.
 * Nothing observed says nothing: `trials` 0 gives [0, 1].
 */
export function wilsonInterval(successes: number, trials: number, level = 0.95): Interval {
  if (!(successes >= 0 && successes <= trials)) throw new RangeError("successes lie between 0 and trials");
  if (trials === 0) return { lower: 0, upper: 1 };
  const z = normalQuantile((1 + level) / 2);
  const share = successes / trials;
  const shrink = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / shrink;
  const reach = (z / shrink) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return {
    lower: successes === 0 ? 0 : Math.max(0, centre - reach),
    upper: successes === trials ? 1 : Math.min(1, centre + reach),
  };
}

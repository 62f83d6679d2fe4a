import { stirlingError } from "./ln-gamma";

/**
 * The p-value of "the error rate is alpha or more" after `wrong` errors in `n` decisions, looked at once:
 * `P(Bin(n, alpha) <= wrong)`. It is at most `level` exactly when the one-sided Clopper-Pearson upper bound is at most
 * alpha. Counts are whole, `alpha` in (0,1). Source: Clopper & Pearson, Biometrika 26 (1934).
 */
export function binomialPValue({ n, wrong, alpha }: { n: number; wrong: number; alpha: number }): number {
  return binomialCdf(wrong, { n, p: alpha });
}

/** `P(Bin(n, p) <= k)`, `n` whole, `p` in (0,1); relative error about 1e-13 in the lower tail. Safe in a browser. */
export function binomialCdf(k: number, { n, p }: { n: number; p: number }): number {
  if (!(Number.isSafeInteger(n) && n >= 0 && Number.isSafeInteger(k))) {
    throw new RangeError("n and k are whole numbers, n >= 0");
  }
  if (!(p > 0 && p < 1)) throw new RangeError("a probability to test lies strictly between 0 and 1");
  if (k < 0) return 0;
  if (k >= n) return 1;
  return k <= n * p ? tail(k, n, p) : 1 - tail(n - k - 1, n, 1 - p);
}

/** `P(X <= k)` for k at or below the mean: terms fall from the first on, so the sum ends early. */
function tail(k: number, n: number, p: number): number {
  const first = binomialMass(k, n, p);
  let term = 1;
  let sum = 1;
  for (let i = k; i > 0 && term > sum * Number.EPSILON * 0.1; i -= 1) {
    term *= (i / (n - i + 1)) * ((1 - p) / p);
    sum += term;
  }
  return Math.min(1, first * sum);
}

/** `P(Bin(n, p) = k)` by the saddle-point expansion: no factorial, no cancellation. Source: Loader (2000). */
function binomialMass(k: number, n: number, p: number): number {
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return Math.exp(n * Math.log(p));
  const corrections = stirlingError(n) - stirlingError(k) - stirlingError(n - k);
  const exponent = corrections - deviance(k, n * p) - deviance(n - k, n * (1 - p));
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}

/** `x ln(x/mean) + mean - x`, by its series where x and the mean are close. */
function deviance(x: number, mean: number): number {
  if (Math.abs(x - mean) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const v = (x - mean) / (x + mean);
  let sum = (x - mean) * v;
  let power = 2 * x * v;
  for (let j = 1; ; j += 1) {
    power *= v * v;
    const next = sum + power / (2 * j + 1);
    if (next === sum) return sum;
    sum = next;
  }
}

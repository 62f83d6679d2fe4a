const thetas = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;
const weight = 0.1;

/**
 * How many automatic executions were wrong, at most, when audits found `wrong` of them (weighted by omega, so not always
 * whole): `L / piMin`, with L the solution of `ln sum_k .1·exp(wrong·ln theta_k + L·(1 - theta_k)) = ln(1/delta)`,
 * theta = 0, .1, …, .9 (theta 0 counts only while nothing was found). `piMin` in (0,1]: the smallest audit rate of the
 * period. The chance that the truth ever exceeds the bound is at most `delta`, whatever the errors do: only the audit
 * coin is random. Proof: for a wrong one audited with chance pi, `E theta^found = 1 - pi(1 - theta) <=
 * exp(-pi(1 - theta))`, so `theta^S exp(N·pi·(1 - theta))` is a nonnegative supermartingale, and so is their mixture
 * (Robbins, Annals of Mathematical Statistics 41 (1970)).
 */
export function accountBound({
  wrong,
  piMin,
  delta,
}: {
  wrong: number;
  piMin: number;
  delta: number;
}): number {
  if (!(wrong >= 0 && wrong < Infinity)) throw new RangeError("what was found wrong is 0 or more");
  if (!(piMin > 0 && piMin <= 1)) throw new RangeError("an audit rate lies in (0, 1]");
  if (!(delta > 0 && delta < 1)) throw new RangeError("delta lies strictly between 0 and 1");
  return solveFor(wrong, -Math.log(delta)) / piMin;
}

/** Bisection down to neighbouring doubles; the upper one, so that rounding never understates. */
function solveFor(wrong: number, target: number): number {
  let low = 0;
  let high = 1;
  while (logMixture(wrong, high) < target) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (logMixture(wrong, middle) < target) low = middle;
    else high = middle;
  }
}

function logMixture(wrong: number, bound: number): number {
  const terms = thetas.map((theta) => (wrong === 0 ? 0 : wrong * Math.log(theta)) + bound * (1 - theta));
  const most = terms.reduce((a, b) => Math.max(a, b));
  return most + Math.log(terms.reduce((sum, term) => sum + weight * Math.exp(term - most), 0));
}

/** How many times the baseline the override rate may have become, and how much of a rise is tolerated. */
const multiples = [1.75, 2.5, 4] as const;
const tolerance = 1.25;

/** The detector of the reviewed stream before its first day: three statistics, all 0. Plain numbers, JSON-safe. */
export function newStream(): number[] {
  return multiples.map(() => 0);
}

/**
 * One day (or other portion) of fully reviewed decisions, in place: `overrides` of them turned out wrong where the baseline
 * rates of their score bins add up to `expected`:
 * `T_k <- (T_k + 1/3) · exp(overrides·ln(M_k/1.25) - (M_k - 1.25)·expected)`, M = 1.75, 2.5, 4.
 * While the rate in every bin is at most 1.25 times its baseline, the mean number of days until {@link streamSum} reaches
 * c is at least c: a Bernoulli count is dominated by its Poisson, which makes the factor an e-value given the baseline.
 * Source: e-detectors, Shin, Ramdas & Rinaldo, arXiv 2203.03532, with a Poisson likelihood ratio.
 */
export function updateStream(
  t: number[],
  { overrides, expected }: { overrides: number; expected: number },
): void {
  if (!(overrides >= 0 && overrides < Infinity)) throw new RangeError("overrides are counted from 0");
  if (!(expected >= 0 && expected < Infinity)) throw new RangeError("an expected number is 0 or more");
  if (t.length !== multiples.length) throw new RangeError("a stream has three statistics");
  multiples.forEach((multiple, k) => {
    const factor = Math.exp(overrides * Math.log(multiple / tolerance) - (multiple - tolerance) * expected);
    // The largest double instead of Infinity, which JSON cannot hold: far past any alarm either way.
    t[k] = Math.min(Number.MAX_VALUE, ((t[k] ?? Number.NaN) + 1 / multiples.length) * factor);
  });
}

/** The statistic to hold against c, the mean number of days between false alarms. */
export function streamSum(t: readonly number[]): number {
  return Math.min(
    Number.MAX_VALUE,
    t.reduce((sum, each) => sum + each, 0),
  );
}

/** The baseline error rate of a score bin in which `wrong` of `n` reviewed decisions were wrong: `(wrong + 1/2)/(n + 1)`. */
export function baselineRate({ n, wrong }: { n: number; wrong: number }): number {
  if (!(wrong >= 0 && wrong <= n)) throw new RangeError("0 <= wrong <= n");
  return (wrong + 0.5) / (n + 1);
}

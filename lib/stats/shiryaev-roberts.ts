/** How many times alpha the error rate may have become: one statistic each, mixed with weight 1/5. */
const multiples = [1.5, 2, 3, 5, 10] as const;
/** An alternative error rate above this says nothing more. */
const greatestRate = 0.95;

/** The detector before any audit: five statistics, all 0. Plain numbers, JSON-safe. */
export function newDetector(): number[] {
  return multiples.map(() => 0);
}

/**
 * One audited automatic decision, in decision order, in place:
 * `R_k <- (R_k + 1/5) · (isWrong ? q_k/alpha : (1 - q_k)/(1 - alpha))`, q_k = min(H_k·alpha, .95), H = 1.5, 2, 3, 5, 10.
 * While the error rate is at most alpha, the mean number of audits until {@link detectorSum} reaches c is at least c.
 * `alpha` in (0, .95]. Source: Shiryaev (1963), Roberts (1966); as e-detector, Shin, Ramdas & Rinaldo, arXiv 2203.03532.
 */
export function updateDetector(r: number[], { alpha, isWrong }: { alpha: number; isWrong: boolean }): void {
  if (!(alpha > 0 && alpha <= greatestRate)) throw new RangeError("alpha lies in (0, 0.95]");
  if (r.length !== multiples.length) throw new RangeError("a detector has five statistics");
  multiples.forEach((multiple, k) => {
    const rate = Math.min(alpha * multiple, greatestRate);
    const ratio = isWrong ? rate / alpha : (1 - rate) / (1 - alpha);
    // The largest double instead of Infinity, which JSON cannot hold: far past any alarm either way.
    r[k] = Math.min(Number.MAX_VALUE, ((r[k] ?? Number.NaN) + 1 / multiples.length) * ratio);
  });
}

/** The statistic to hold against c, the mean number of audits between false alarms. */
export function detectorSum(r: readonly number[]): number {
  return Math.min(
    Number.MAX_VALUE,
    r.reduce((sum, each) => sum + each, 0),
  );
}

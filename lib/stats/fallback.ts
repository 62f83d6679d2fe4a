/** What one threshold was tested at, and whether it passed. */
export type FallbackStep = { level: number; certified: boolean };

/**
 * The fallback procedure over thresholds in order from strict to permissive: each gets `delta / J`, and hands its level on
 * to the next when it passes. With valid p-values the chance that any true null passes is at most `delta`, so every
 * certified threshold holds at once and any choice among them is allowed. It does not stall at a bad first threshold.
 * `pValues` in [0,1], `delta` in (0,1). Source: Wiens, Pharmaceutical Statistics 2 (2003).
 */
export function fallback(pValuesStrictToPermissive: readonly number[], delta: number): FallbackStep[] {
  if (!(delta > 0 && delta < 1)) throw new RangeError("delta lies strictly between 0 and 1");
  const share = delta / pValuesStrictToPermissive.length;
  let carry = 0;
  return pValuesStrictToPermissive.map((p) => {
    if (!(p >= 0 && p <= 1)) throw new RangeError("a p-value lies in [0, 1]");
    const level = share + carry;
    const certified = p <= level;
    carry = certified ? level : 0;
    return { level, certified };
  });
}

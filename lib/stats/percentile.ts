/**
 * The value below which a share `q` in [0,1] of the values lies, linear between ranks: at `(n-1)·q` of the sorted values.
 * Null for none. Source: Hyndman & Fan, The American Statistician 50 (1996), definition 7 (numpy's, R's and PostgreSQL's
 * `percentile_cont`).
 */
export function percentile(values: readonly number[], q: number): number | null {
  if (!(q >= 0 && q <= 1)) throw new RangeError("a share lies in [0, 1]");
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (sorted.length - 1) * q;
  const low = sorted[Math.floor(rank)];
  const high = sorted[Math.ceil(rank)];
  if (low === undefined || high === undefined) return null;
  return low + (high - low) * (rank - Math.floor(rank));
}

/** The middle value. */
export function median(values: readonly number[]): number | null {
  return percentile(values, 0.5);
}

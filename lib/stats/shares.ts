/** Counts or weights by category as shares that add up to 1. Refuses none at all, a negative one, and NaN. */
export function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!(total > 0 && total < Infinity) || counts.some((count) => !(count >= 0))) {
    throw new RangeError("categories have counts of 0 or more, and one of them more");
  }
  return counts.map((count) => count / total);
}

/** Both as shares, category by category. */
export function pairedShares(reference: readonly number[], current: readonly number[]): [number, number][] {
  if (reference.length !== current.length) throw new RangeError("both are counted over the same categories");
  const now = sharesOf(current);
  return sharesOf(reference).map((share, i) => [share, now[i] ?? 0]);
}

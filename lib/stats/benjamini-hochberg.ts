/**
 * Adjusted p-values of tests made together: calling those at or below `q` a discovery keeps the expected share of false
 * ones at or below `q`, for independent (or positively dependent) tests; with no real effect at all, so is the chance of any
 * discovery. In the order of `ps`. Source: Benjamini & Hochberg, J. R. Stat. Soc. B 57 (1995); adjusted as R's `p.adjust`.
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  if (ps.some((p) => !(p >= 0 && p <= 1))) throw new RangeError("a p-value lies in [0, 1]");
  const byP = ps.map((p, at) => ({ p, at })).toSorted((a, b) => b.p - a.p);
  const adjusted = Array.from(ps, () => 1);
  let least = 1;
  byP.forEach(({ p, at }, index) => {
    least = Math.min(least, (p * ps.length) / (ps.length - index));
    adjusted[at] = least;
  });
  return adjusted;
}

/**
 * q-values of Benjamini and Hochberg: rejecting those at or below `q` keeps the expected share of false ones among the
 * rejected at `q` or less. Source: Benjamini & Hochberg, JRSS B 57 (1995); R's p.adjust(method = "BH").
 */
export function falseDiscoveryRates(ps: readonly number[]): number[] {
  const order = ps.map((p, at) => ({ p, at })).toSorted((a, b) => b.p - a.p);
  const rates = ps.map(() => 1);
  let least = 1;
  order.forEach(({ p, at }, down) => {
    least = Math.min(least, (p * ps.length) / (ps.length - down));
    rates[at] = least;
  });
  return rates;
}

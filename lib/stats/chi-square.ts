import { lnGamma } from "./ln-gamma";
import { sum } from "./sum";

/** Pearson's statistic, its degrees of freedom, and the chance of as much by chance alone. */
export type ChiSquareTest = { statistic: number; df: number; p: number };

/**
 * Pearson's chi-square test that rows and columns of a table of counts are independent (for drift: one row a period, one
 * column a category). Rows and columns without any count are left out. Null when fewer than two of either are left.
 * No continuity correction; expected counts under 5 make it rough. Source: Pearson, Philosophical Magazine 50 (1900).
 */
export function chiSquareTest(table: readonly (readonly number[])[]): ChiSquareTest | null {
  if (table.some((row) => row.length !== table[0]?.length || row.some((count) => !(count >= 0)))) {
    throw new RangeError("a table has rows of one length, with counts of 0 or more");
  }
  const rows = table.map(sum);
  const columns = (table[0] ?? []).map((_, j) => sum(table.map((row) => row[j] ?? 0)));
  const total = sum(rows);
  const df = (positive(rows) - 1) * (positive(columns) - 1);
  if (positive(rows) < 2 || positive(columns) < 2) return null;
  let statistic = 0;
  table.forEach((row, i) =>
    row.forEach((count, j) => {
      const expected = ((rows[i] ?? 0) * (columns[j] ?? 0)) / total;
      if (expected > 0) statistic += (count - expected) ** 2 / expected;
    }),
  );
  return { statistic, df, p: chiSquareUpper(statistic, df) };
}

/** `P(X >= x)` for a chi-square of `df` degrees of freedom: the upper regularised gamma `Q(df/2, x/2)`. */
export function chiSquareUpper(x: number, df: number): number {
  if (!(x >= 0) || !(df > 0))
    throw new RangeError("a chi-square is 0 or more, its degrees of freedom above 0");
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  const a = df / 2;
  const half = x / 2;
  const scale = Math.exp(a * Math.log(half) - half - lnGamma(a));
  return half < a + 1 ? 1 - scale * lowerSeries(a, half) : scale * upperFraction(a, half);
}

/** `sum x^n / (a(a+1)…(a+n))`. Abramowitz & Stegun 6.5.29. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let total = term;
  for (let n = 1; term > total * Number.EPSILON; n += 1) {
    term *= x / (a + n);
    total += term;
  }
  return total;
}

/** The continued fraction of Abramowitz & Stegun 6.5.31, by Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i < 10_000; i += 1) {
    const numerator = -i * (i - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < Number.EPSILON) break;
  }
  return value;
}

function positive(values: readonly number[]): number {
  return values.filter((value) => value > 0).length;
}

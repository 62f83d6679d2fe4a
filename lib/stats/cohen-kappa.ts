import type { Agreement } from "./agreement";
import { normalQuantile } from "./normal-quantile";
import { sum } from "./sum";

/**
 * Cohen's kappa of two raters: `(po - pe) / (1 - pe)` with `po` the observed agreement and `pe` the one expected of
 * their own marginals. `table[i][j]`: items the first put in category i and the second in j.
 * Source: Cohen, Educational and Psychological Measurement 20 (1960). Interval: analytic, normal with the large-sample
 * standard error of Fleiss, Cohen & Everitt, Psychological Bulletin 72 (1969). Not defined where chance alone agrees.
 */
export function cohenKappa(
  table: readonly (readonly number[])[],
  level = 0.95,
): Agreement & { se: number | null } {
  const n = sum(table.flat());
  const shares = table.map((row) => row.map((count) => count / n));
  const rows = shares.map(sum);
  const columns = shares.map((_, j) => sum(shares.map((row) => row[j] ?? 0)));
  const expected = sum(rows.map((row, i) => row * (columns[i] ?? 0)));
  if (n === 0 || expected > 1 - 1e-12) return { value: null, interval: null, n, se: null };
  const observed = sum(shares.map((row, i) => row[i] ?? 0));
  const kappa = (observed - expected) / (1 - expected);
  const se = Math.sqrt(
    Math.max(0, spread(shares, rows, columns, kappa) - (kappa - expected * (1 - kappa)) ** 2) / n,
  );
  const reach = (normalQuantile((1 + level) / 2) * se) / (1 - expected);
  return {
    value: kappa,
    interval: { lower: Math.max(-1, kappa - reach), upper: Math.min(1, kappa + reach) },
    n,
    se: se / (1 - expected),
  };
}

function spread(
  shares: readonly (readonly number[])[],
  rows: readonly number[],
  columns: readonly number[],
  kappa: number,
): number {
  let total = 0;
  shares.forEach((row, i) =>
    row.forEach((share, j) => {
      const factor =
        i === j
          ? 1 - ((rows[i] ?? 0) + (columns[i] ?? 0)) * (1 - kappa)
          : (1 - kappa) * ((columns[i] ?? 0) + (rows[j] ?? 0));
      total += share * factor ** 2;
    }),
  );
  return total;
}

/** The table of two raters' answers over `categories`, in that order; items either left out are left out. */
export function crossTable<T>(pairs: readonly (readonly [T, T])[], categories: readonly T[]): number[][] {
  const table = categories.map(() => categories.map(() => 0));
  for (const [first, second] of pairs) {
    const row = table[categories.indexOf(first)];
    const column = categories.indexOf(second);
    if (row?.[column] !== undefined) row[column] += 1;
  }
  return table;
}

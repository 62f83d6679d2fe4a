import type { Agreement } from "./agreement";
import { bootstrapInterval, type BootstrapOptions } from "./bootstrap";
import { sum } from "./sum";

type Counts = readonly number[];

/**
 * Fleiss' kappa of m ratings an item, by whomever: `(P - Pe) / (1 - Pe)`, P the mean share of agreeing pairs an item,
 * Pe the sum of squared shares of the categories. `items[i][j]`: ratings of item i in category j; each item has the
 * same m >= 2 of them. `times`: how often each item counts, once when not given. Source: Fleiss, Psychological Bulletin 76 (1971).
 */
export function fleissKappa(items: readonly Counts[], times?: readonly number[]): number | null {
  const [first] = items;
  if (!first) return null;
  const raters = sum(first);
  if (raters < 2 || items.some((item) => sum(item) !== raters)) {
    throw new RangeError("every item has the same number of ratings, two or more");
  }
  const pairs = raters * (raters - 1);
  const often = items.map((_, i) => times?.[i] ?? 1);
  const n = sum(often);
  if (n === 0) return null;
  const over = (value: (item: Counts) => number) =>
    sum(items.map((item, i) => value(item) * (often[i] ?? 0)));
  const observed = over((item) => sum(item.map((count) => count * (count - 1))) / pairs) / n;
  const shares = first.map((_, j) => over((item) => item[j] ?? 0) / (n * raters));
  const expected = sum(shares.map((share) => share * share));
  return expected > 1 - 1e-12 ? null : (observed - expected) / (1 - expected);
}

/** The same with its interval: percentile bootstrap over the items (the analytic errors hold only for kappa = 0). */
export function fleissAgreement(items: readonly Counts[], options: BootstrapOptions): Agreement {
  return {
    value: fleissKappa(items),
    interval: bootstrapInterval(items, (item) => item.join(), fleissKappa, options),
    n: items.length,
  };
}

/** Ratings an item by category, as Fleiss' kappa takes them. */
export function ratingCounts<T>(items: readonly (readonly T[])[], categories: readonly T[]): number[][] {
  return items.map((values) => categories.map((each) => values.filter((value) => value === each).length));
}

import { benjaminiHochberg } from "@/lib/stats/benjamini-hochberg";
import { chiSquareTest } from "@/lib/stats/chi-square";
import { jensenShannonDistance } from "@/lib/stats/jensen-shannon";
import { kolmogorovSmirnov } from "@/lib/stats/kolmogorov-smirnov";
import { percentile } from "@/lib/stats/percentile";
import { populationStability } from "@/lib/stats/population-stability";
import type { DriftState } from "./vocabulary";

/** What one window holds of a feature; null is missing. */
export type Values =
  | { as: "number"; values: readonly number[] }
  | { as: "category"; values: readonly string[] };

/** How far a window is from its reference, in one feature. */
export type Comparison = {
  psi: number;
  /** The Jensen–Shannon distance, 0 to 1. */
  js: number;
  test: { method: "ks" | "chi_square"; statistic: number; p: number };
  nReference: number;
  nCurrent: number;
  /** Categories that the reference does not know, the most frequent first. */
  newCategories: string[];
  /** Shares in both, by bin or category: what a person looks at. */
  shares: { label: string; reference: number; current: number }[];
};

/** The share of false discoveries among the day's, and the chance of any on a day without drift. */
export const falseDiscoveryLevel = 0.01;
/** Customary guides, no guarantees: a shift that is sure but smaller than both is none worth a person's time. */
export const psiGuide = 0.2;
export const jsGuide = 0.1;
/** A window with fewer decisions is not compared. */
export const leastInWindow = 100;

const bins = 10;
const mostNamed = 10;
const mostShares = 12;
/** Categories expected less often than this are compared together: the chi-square is rough below. */
const leastExpected = 5;

/** Compares a feature's values of now with those of the reference; null where one of them says too little. */
export function compareValues(reference: Values, current: Values): Comparison | null {
  if (reference.values.length < leastInWindow || current.values.length < leastInWindow) return null;
  if (reference.as === "number" && current.as === "number")
    return compareNumbers(reference.values, current.values);
  if (reference.as === "category" && current.as === "category")
    return compareCategories(reference.values, current.values);
  return null;
}

function compareNumbers(reference: readonly number[], current: readonly number[]): Comparison {
  const edges = edgesOf(reference);
  const [before, now] = [countBins(reference, edges), countBins(current, edges)];
  const { statistic, p } = kolmogorovSmirnov(reference, current);
  const labels = before.map((_, at) => binLabel(edges, at));
  return {
    ...distances(before, now),
    test: { method: "ks", statistic, p },
    nReference: reference.length,
    nCurrent: current.length,
    newCategories: [],
    shares: sharesOf(labels, before, now),
  };
}

/** The reference's deciles, each once. */
function edgesOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const edges = Array.from({ length: bins - 1 }, (_, at) => percentile(sorted, (at + 1) / bins) ?? 0);
  return [...new Set(edges)];
}

function countBins(values: readonly number[], edges: readonly number[]): number[] {
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  for (const value of values) {
    const at = edges.findIndex((edge) => value <= edge);
    const bin = at < 0 ? edges.length : at;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

function binLabel(edges: readonly number[], at: number): string {
  const text = (edge: number | undefined) => Number((edge ?? 0).toPrecision(4)).toString();
  if (edges.length === 0) return "all";
  if (at === 0) return `up to ${text(edges[0])}`;
  if (at === edges.length) return `above ${text(edges.at(-1))}`;
  return `${text(edges[at - 1])} to ${text(edges[at])}`;
}

function compareCategories(reference: readonly string[], current: readonly string[]): Comparison | null {
  const [before, now] = [countEach(reference), countEach(current)];
  const names = [...new Set([...before.keys(), ...now.keys()])].toSorted(
    (a, b) => (before.get(b) ?? 0) - (before.get(a) ?? 0) || (now.get(b) ?? 0) - (now.get(a) ?? 0),
  );
  const [b, n] = [names.map((name) => before.get(name) ?? 0), names.map((name) => now.get(name) ?? 0)];
  const test = chiSquareTest(pooled(b, n));
  if (test === null) return null;
  const fresh = names.filter((name) => !before.has(name));
  return {
    ...distances(b, n),
    test: { method: "chi_square", statistic: test.statistic, p: test.p },
    nReference: reference.length,
    nCurrent: current.length,
    newCategories: fresh.toSorted((a, c) => (now.get(c) ?? 0) - (now.get(a) ?? 0)).slice(0, mostNamed),
    shares: sharesOf(names, b, n).slice(0, mostShares),
  };
}

function countEach(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function pooled(before: readonly number[], now: readonly number[]): number[][] {
  const totals = before.map((count, at) => count + (now[at] ?? 0));
  const all = totals.reduce((sum, count) => sum + count, 0);
  const sizes = [before, now].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  const smaller = Math.min(...sizes);
  const isRare = (at: number) => ((totals[at] ?? 0) * smaller) / all < leastExpected;
  return [before, now].map((counts) => {
    const rare = counts.filter((_, at) => isRare(at)).reduce((sum, count) => sum + count, 0);
    return [...counts.filter((_, at) => !isRare(at)), rare];
  });
}

function distances(before: readonly number[], now: readonly number[]): { psi: number; js: number } {
  return { psi: populationStability(before, now), js: Math.min(1, jensenShannonDistance(before, now)) };
}

function sharesOf(labels: readonly string[], before: readonly number[], now: readonly number[]) {
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const [a, b] = [total(before), total(now)];
  return labels.map((label, at) => ({
    label,
    reference: (before[at] ?? 0) / a,
    current: (now[at] ?? 0) / b,
  }));
}

/** A comparison of the day with what the window before it came to; undefined: there was none. */
export type Judged<K> = { key: K; comparison: Comparison; before: DriftState | undefined };

/**
 * What the day's comparisons come to, all tests of all apps judged together (`others`: p-values of the day that are
 * judged already): p after Benjamini–Hochberg, `suspected` where that is within the level and the shift is worth looking
 * at, `confirmed` where the window before said so too.
 */
export function judgeDay<K>(
  day: readonly Judged<K>[],
  others: readonly number[] = [],
): (Judged<K> & { q: number; state: DriftState })[] {
  const qs = benjaminiHochberg([...day.map(({ comparison }) => comparison.test.p), ...others]);
  return day.map((one, at) => {
    const q = qs[at] ?? 1;
    return { ...one, q, state: stateOf(one, q) };
  });
}

function stateOf<K>({ comparison: { psi, js }, before }: Judged<K>, q: number): DriftState {
  if (q > falseDiscoveryLevel || (psi <= psiGuide && js <= jsGuide)) return "steady";
  return before === undefined || before === "steady" ? "suspected" : "confirmed";
}

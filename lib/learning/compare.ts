import { normalQuantile } from "@/lib/stats/normal-quantile";
import { weightedProportion } from "@/lib/stats/weighted-proportion";

/** One row that neither model learned from. `weight`: 1 / propensity of its label. `group`: what it shares a subject or a text with. */
export type Compared = { group: string; weight: number; baselineWrong: boolean; candidateWrong: boolean };

/** A share from 0 to 1 with its 95% interval. */
export type Share = { value: number; low: number; high: number };

/** `difference`: how much smaller the candidate's share of errors is; above 0 it is better. */
export type Comparison = {
  n: number;
  groups: number;
  baseline: Share;
  candidate: Share;
  difference: Share;
  verdict: "better" | "worse" | "unclear";
};

const level = 0.95;

/**
 * Both models' share of errors on the same rows, and the paired difference. Errors: Hájek with Wilson's interval on the
 * effective size. Difference: Agresti and Min's adjusted Wald interval for matched pairs (Statistics in Medicine 24, 2005),
 * with weights, and with the variance of groups in place of rows where rows share a group. `null` for no rows.
 */
export function compareModels(rows: readonly Compared[]): Comparison | null {
  if (rows.length === 0) return null;
  const difference = pairedDifference(rows);
  return {
    n: rows.length,
    groups: new Set(rows.map(({ group }) => group)).size,
    baseline: shareOf(rows.map(({ weight, baselineWrong }) => ({ weight, value: Number(baselineWrong) }))),
    candidate: shareOf(rows.map(({ weight, candidateWrong }) => ({ weight, value: Number(candidateWrong) }))),
    difference,
    verdict: difference.low > 0 ? "better" : difference.high < 0 ? "worse" : "unclear",
  };
}

function shareOf(observations: readonly { value: number; weight: number }[]): Share {
  const share = weightedProportion(observations, { level, minimumEss: 0 });
  if (share.kind === "insufficient") return { value: 0, low: 0, high: 1 };
  return { value: share.value, low: share.lower, high: share.upper };
}

function pairedDifference(rows: readonly Compared[]): Share {
  const steps = rows.map(({ group, weight, baselineWrong, candidateWrong }) => ({
    group,
    weight,
    step: Number(baselineWrong) - Number(candidateWrong),
  }));
  const total = sum(steps.map(({ weight }) => weight));
  const shift = sum(steps.map(({ weight, step }) => weight * step));
  // Agresti and Min add half a row to each cell of the table: two rows, of which one half each differs one way.
  const one = total / rows.length;
  const centre = shift / (total + 2 * one);
  const byGroup = new Map<string, number>();
  for (const { group, weight, step } of steps)
    byGroup.set(group, (byGroup.get(group) ?? 0) + weight * (step - centre));
  const added = one * one * (0.5 * (1 - centre) ** 2 + 0.5 * (1 + centre) ** 2 + centre ** 2);
  const spread = sum([...byGroup.values()].map((part) => part * part)) + added;
  const reach = (normalQuantile((1 + level) / 2) * Math.sqrt(spread)) / (total + 2 * one);
  return { value: shift / total, low: Math.max(-1, centre - reach), high: Math.min(1, centre + reach) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

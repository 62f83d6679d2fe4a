import { type Scored, weightOf } from "./scored";

/** With everything at or above `threshold` decided automatically: the share that is, and the error rate in it. */
export type RiskPoint = { threshold: number; coverage: number; risk: number };

/** Areas under the risk-coverage curve: as ranked, as a perfect ranking would have it, and the excess of the first. */
export type RiskCoverageArea = { aurc: number; optimal: number; excess: number };

/**
 * The risk-coverage curve, strictest threshold first, one point a distinct score; `y` is 1 when the decision was right.
 * Weighted. Source: El-Yaniv & Wiener, JMLR 11 (2010).
 */
export function riskCoverageCurve(scored: readonly Scored[]): RiskPoint[] {
  const sorted = scored.toSorted((a, b) => b.p - a.p);
  const total = sorted.reduce((sum, item) => sum + weightOf(item), 0);
  const points: RiskPoint[] = [];
  let weight = 0;
  let wrong = 0;
  sorted.forEach((item, i) => {
    weight += weightOf(item);
    wrong += weightOf(item) * (1 - item.y);
    if (sorted[i + 1]?.p === item.p) return;
    points.push({ threshold: item.p, coverage: weight / total, risk: wrong / weight });
  });
  return points;
}

/**
 * AURC: the mean of the risk over all n coverages, ties kept in the order given; the optimum ranks every right decision first;
 * E-AURC is the difference. Null when nothing was scored. Source: Geifman, Uziel & El-Yaniv, ICLR 2019.
 */
export function areaUnderRiskCoverage(scored: readonly Scored[]): RiskCoverageArea | null {
  if (scored.length === 0) return null;
  const aurc = meanRisk(scored.toSorted((a, b) => b.p - a.p));
  // Among the wrong ones the lightest first: that order gives the least area when weights differ.
  const optimal = meanRisk(scored.toSorted((a, b) => b.y - a.y || weightOf(a) - weightOf(b)));
  return { aurc, optimal, excess: aurc - optimal };
}

function meanRisk(ranked: readonly Scored[]): number {
  let weight = 0;
  let wrong = 0;
  let area = 0;
  for (const item of ranked) {
    weight += weightOf(item);
    wrong += weightOf(item) * (1 - item.y);
    area += weightOf(item) * (wrong / weight);
  }
  return area / weight;
}

import { classesOverlap, fitLogistic, insideUnit, sigmoid } from "./logistic";
import { type Scored, weightOf } from "./scored";

/** Calibrated probability `1 / (1 + exp(-(a·logit(p) + b)))`. */
export type PlattMap = { a: number; b: number };

/**
 * Platt scaling on logit(p): the two parameters of greatest likelihood, no prior on the targets. Null when only one class
 * was seen, or the classes separate perfectly (no finite optimum).
 * Source: Platt (1999); Lin, Lin & Weng, Machine Learning 68 (2007).
 */
export function fitPlatt(scored: readonly Scored[]): PlattMap | null {
  const points = scored.map((item) => ({ x: logit(item.p), y: item.y, weight: weightOf(item) }));
  if (!classesOverlap(points)) return null;
  const [a = 1, b = 0] = fitLogistic(
    points.map(({ x, y, weight }) => ({ x: [x], y, weight })),
    [1, 0],
  );
  return { a, b };
}

/** The calibrated probability of one score. */
export function applyPlatt({ a, b }: PlattMap, p: number): number {
  return sigmoid(a * logit(p) + b);
}

function logit(p: number): number {
  const inside = insideUnit(p);
  return Math.log(inside) - Math.log1p(-inside);
}

import { classesOverlap, fitLogistic, insideUnit, sigmoid } from "./logistic";
import { type Scored, weightOf } from "./scored";

/** Calibrated probability `1 / (1 + exp(-(a·ln p - b·ln(1-p) + c)))`, a and b never negative. */
export type BetaMap = { a: number; b: number; c: number };

/**
 * Beta calibration: the three parameters of greatest likelihood; one that would come out negative (a map that falls) is
 * held at 0 and the rest fitted again. Null when only one class was seen, or the classes separate perfectly.
 * Source: Kull, Silva Filho & Flach, AISTATS 2017.
 */
export function fitBeta(scored: readonly Scored[]): BetaMap | null {
  const points = scored.map((item) => ({ ...featuresOf(item.p), y: item.y, weight: weightOf(item) }));
  if (!classesOverlap(points.map(({ up, down, y }) => ({ x: up + down, y })))) return null;
  const [a = 0, b = 0, c = 0] = fitLogistic(
    points.map(({ up, down, y, weight }) => ({ x: [up, down], y, weight })),
    [1, 1, 0],
  );
  if (a >= 0 && b >= 0) return { a, b, c };
  const kept = a < 0 ? "down" : "up";
  const [slope = 0, constant = 0] = fitLogistic(
    points.map((point) => ({ x: [point[kept]], y: point.y, weight: point.weight })),
    [1, 0],
  );
  if (slope < 0) return constantMap(points);
  return kept === "up" ? { a: slope, b: 0, c: constant } : { a: 0, b: slope, c: constant };
}

/** The calibrated probability of one score. */
export function applyBeta({ a, b, c }: BetaMap, p: number): number {
  const { up, down } = featuresOf(p);
  return sigmoid(a * up + b * down + c);
}

/** Scores that order the outcomes backwards say nothing that a rising map could use: everybody gets the mean. */
function constantMap(points: readonly { y: number; weight: number }[]): BetaMap {
  const [c = 0] = fitLogistic(
    points.map(({ y, weight }) => ({ x: [], y, weight })),
    [0],
  );
  return { a: 0, b: 0, c };
}

/** Both rise with p. */
function featuresOf(p: number): { up: number; down: number } {
  const inside = insideUnit(p);
  return { up: Math.log(inside), down: -Math.log1p(-inside) };
}

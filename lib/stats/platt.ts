import { type Scored, weightOf } from "./scored";

/** Calibrated probability `1 / (1 + exp(-(a·logit(p) + b)))`. */
export type PlattMap = { a: number; b: number };

const mostSteps = 100;
const tolerance = 1e-12;

/**
 * Platt scaling on logit(p): the two parameters of greatest likelihood, by Newton's method with step halving, no prior on the
 * targets. Null when only one class was seen, or the classes separate perfectly (no finite optimum).
 * Source: Platt (1999), Lin, Lin & Weng, Machine Learning 68 (2007) for the safeguarded Newton steps.
 */
export function fitPlatt(scored: readonly Scored[]): PlattMap | null {
  const points = scored.map((item) => ({ x: logit(item.p), y: item.y, weight: weightOf(item) }));
  if (!overlaps(points)) return null;
  let map: PlattMap = { a: 1, b: 0 };
  let loss = plattLoss(points, map);
  for (let step = 0; step < mostSteps; step += 1) {
    const direction = newtonStep(points, map);
    let next = map;
    let nextLoss = Infinity;
    for (let scale = 1; scale > 1e-10 && !(nextLoss <= loss); scale /= 2) {
      next = { a: map.a - scale * direction.a, b: map.b - scale * direction.b };
      nextLoss = plattLoss(points, next);
    }
    if (!(nextLoss <= loss)) return map;
    const moved = Math.abs(next.a - map.a) + Math.abs(next.b - map.b);
    map = next;
    loss = nextLoss;
    if (moved < tolerance) return map;
  }
  return map;
}

/** The calibrated probability of one score. */
export function applyPlatt({ a, b }: PlattMap, p: number): number {
  return sigmoid(a * logit(p) + b);
}

type Point = { x: number; y: number; weight: number };

/** A score of exactly 0 or 1 has no finite logit: it is moved inside by the smallest double step. */
function logit(p: number): number {
  const inside = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p));
  return Math.log(inside) - Math.log1p(-inside);
}

function sigmoid(t: number): number {
  return t >= 0 ? 1 / (1 + Math.exp(-t)) : Math.exp(t) / (1 + Math.exp(t));
}

/** `ln(1 + exp(t)) - y·t`, without overflow. */
function plattLoss(points: readonly Point[], { a, b }: PlattMap): number {
  return points.reduce((sum, { x, y, weight }) => {
    const t = a * x + b;
    return sum + weight * (Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))) - y * t);
  }, 0);
}

function newtonStep(points: readonly Point[], map: PlattMap): PlattMap {
  let [gradientA, gradientB, aa, ab, bb] = [0, 0, 1e-12, 0, 1e-12];
  for (const { x, y, weight } of points) {
    const fitted = sigmoid(map.a * x + map.b);
    const curvature = weight * fitted * (1 - fitted);
    gradientA += weight * (fitted - y) * x;
    gradientB += weight * (fitted - y);
    aa += curvature * x * x;
    ab += curvature * x;
    bb += curvature;
  }
  const determinant = aa * bb - ab * ab;
  return {
    a: (bb * gradientA - ab * gradientB) / determinant,
    b: (aa * gradientB - ab * gradientA) / determinant,
  };
}

/** A finite optimum exists when neither class lies wholly on one side of the other. */
function overlaps(points: readonly Point[]): boolean {
  const ranges = [0, 1].map((y) => {
    const xs = points.filter((point) => point.y === y).map(({ x }) => x);
    return {
      low: xs.reduce((a, b) => Math.min(a, b), Infinity),
      high: xs.reduce((a, b) => Math.max(a, b), -Infinity),
    };
  });
  const [no, yes] = ranges;
  return no !== undefined && yes !== undefined && yes.low < no.high && no.low < yes.high;
}

/** One observation of a logistic regression: what is known of it (without the constant), what happened, how much it counts. */
export type LogisticPoint = { x: readonly number[]; y: number; weight: number };

const mostSteps = 100;
const tolerance = 1e-12;

/**
 * The coefficients of greatest likelihood of `P(y = 1) = 1 / (1 + exp(-(x·beta + constant)))`, the constant last: Newton's
 * method with step halving, no prior. Where the classes separate there is no finite optimum: ask first.
 * Source: the safeguarded Newton steps of Lin, Lin & Weng, Machine Learning 68 (2007).
 */
export function fitLogistic(points: readonly LogisticPoint[], start: readonly number[]): number[] {
  const rows = points.map(({ x, y, weight }) => ({ x: [...x, 1], y, weight }));
  let beta = [...start];
  let loss = lossOf(rows, beta);
  for (let step = 0; step < mostSteps; step += 1) {
    const direction = newtonStep(rows, beta);
    let next = beta;
    let nextLoss = Infinity;
    for (let scale = 1; scale > 1e-10 && !(nextLoss <= loss); scale /= 2) {
      next = beta.map((value, i) => value - scale * (direction[i] ?? 0));
      nextLoss = lossOf(rows, next);
    }
    if (!(nextLoss <= loss)) return beta;
    const moved = next.reduce((sum, value, i) => sum + Math.abs(value - (beta[i] ?? 0)), 0);
    beta = next;
    loss = nextLoss;
    if (moved < tolerance) return beta;
  }
  return beta;
}

/** `1 / (1 + exp(-t))`, without overflow. */
export function sigmoid(t: number): number {
  return t >= 0 ? 1 / (1 + Math.exp(-t)) : Math.exp(t) / (1 + Math.exp(t));
}

/** A score of exactly 0 or 1 has no finite logit: it is moved inside by the smallest double step. */
export function insideUnit(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError("a forecast lies in [0, 1]");
  return Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p));
}

/** A finite optimum over scores in order exists when neither class lies wholly on one side of the other. */
export function classesOverlap(points: readonly { x: number; y: number }[]): boolean {
  const lowest = [Infinity, Infinity];
  const highest = [-Infinity, -Infinity];
  for (const { x, y } of points) {
    lowest[y] = Math.min(lowest[y] ?? Infinity, x);
    highest[y] = Math.max(highest[y] ?? -Infinity, x);
  }
  const [lowestNo = Infinity, lowestYes = Infinity] = lowest;
  const [highestNo = -Infinity, highestYes = -Infinity] = highest;
  return lowestYes < highestNo && lowestNo < highestYes;
}

/** Sum of `ln(1 + exp(t)) - y·t`, without overflow. */
function lossOf(rows: readonly LogisticPoint[], beta: readonly number[]): number {
  return rows.reduce((sum, { x, y, weight }) => {
    const t = dot(x, beta);
    return sum + weight * (Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))) - y * t);
  }, 0);
}

function newtonStep(rows: readonly LogisticPoint[], beta: readonly number[]): number[] {
  const gradient = beta.map(() => 0);
  // A trace of ridge keeps a flat likelihood solvable; it does not move the optimum.
  const hessian: number[][] = beta.map((_, i) => beta.map((__, j) => (i === j ? 1e-12 : 0)));
  for (const { x, y, weight } of rows) {
    const fitted = sigmoid(dot(x, beta));
    const curvature = weight * fitted * (1 - fitted);
    x.forEach((value, i) => {
      gradient[i] = (gradient[i] ?? 0) + weight * (fitted - y) * value;
      const row = hessian[i];
      if (row) x.forEach((other, j) => (row[j] = (row[j] ?? 0) + curvature * value * other));
    });
  }
  return solve(hessian, gradient);
}

/** Gaussian elimination without pivoting: the matrix is symmetric and positive definite. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  rows.forEach((pivot, i) => {
    for (const row of rows.slice(i + 1)) {
      const factor = (row[i] ?? 0) / (pivot[i] ?? 1);
      pivot.forEach((value, j) => (row[j] = (row[j] ?? 0) - factor * value));
    }
  });
  const solution = right.map(() => 0);
  for (let i = rows.length - 1; i >= 0; i -= 1) {
    const row = rows[i] ?? [];
    const known = solution.reduce((sum, value, j) => (j > i ? sum + (row[j] ?? 0) * value : sum), 0);
    solution[i] = ((row[rows.length] ?? 0) - known) / (row[i] ?? 1);
  }
  return solution;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

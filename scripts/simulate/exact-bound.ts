import { clopperPearsonUpper } from "@/lib/stats/clopper-pearson";

/**
 * The most violations that `streams` streams may show if each violates with probability `delta` at most: the quantile
 * of the binomial distribution at 99.9 %. More than that is no accident.
 */
export function mostViolations(streams: number, delta: number, certainty = 0.999): number {
  let logTerm = streams * Math.log1p(-delta);
  let reached = Math.exp(logTerm);
  let most = 0;
  while (reached < certainty) {
    most += 1;
    logTerm += Math.log((streams - most + 1) / most) + Math.log(delta / (1 - delta));
    reached += Math.exp(logTerm);
  }
  return most;
}

/** For how few decisions, so many wrong among them, the exact upper bound at `1 - delta` lies at `alpha` or below. */
export type LeastNeeded = (wrong: number) => number;

/** The table of {@link LeastNeeded}, filled as it is asked; kept for every promise. */
export function leastNeeded(alpha: number, delta: number): LeastNeeded {
  const key = `${alpha} ${delta}`;
  const known = tables.get(key) ?? [];
  tables.set(key, known);
  return (wrong) => {
    while (known.length <= wrong) known.push(searchFrom(known.at(-1) ?? 0, known.length, alpha, delta));
    return known[wrong] ?? Infinity;
  };
}
const tables = new Map<string, number[]>();

function searchFrom(before: number, wrong: number, alpha: number, delta: number): number {
  const isEnough = (n: number) => n > wrong && clopperPearsonUpper(wrong, n, 1 - delta) <= alpha;
  let low = Math.max(before, wrong);
  let step = Math.ceil(1 / alpha);
  while (!isEnough(low + step)) {
    low += step;
    step *= 2;
  }
  let high = low + step;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

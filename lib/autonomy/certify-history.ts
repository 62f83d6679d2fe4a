import { addEvidence, certificateBets, logE, newWealth, pValueOf } from "@/lib/stats/certificate";
import { fallback } from "@/lib/stats/fallback";
import { labelAt, reached, type ScoreIndex } from "./score-index";
import type { ThresholdData } from "./threshold-endpoints";

type Columns = ThresholdData["columns"];
export type Pledge = { alpha: number; delta: number };

/** Where one threshold stands: the same figures for a contract's own evidence and for history without a contract. */
export type Candidate = {
  threshold: number;
  n: number;
  wrong: number;
  /** ln of the evidence, and what it must reach. Null: lost for good. */
  logE: number | null;
  needed: number;
  certified: boolean;
  /** About so many more right labels; null: at the error seen so far no number would do. */
  moreNeeded: number | null;
};

/** Thresholds at which 5 %, 10 %, … of what could run alone would; distinct, strictest first (autonomy.md §1.3). */
export function gridOf({ scores, size }: ScoreIndex, count = 20): number[] {
  const picked = Array.from({ length: count }, (_, at) => scores[Math.ceil(((at + 1) / count) * size) - 1]);
  return [...new Set(picked.filter((score) => score !== undefined))];
}

/**
 * What the labels of the past say of each threshold of the grid, as a contract would reckon it: bets on "at most alpha
 * wrong" over what was drawn with a known chance, and the fallback procedure over the grid. A rehearsal, looked at once:
 * only a contract's own period certifies.
 */
export function rehearse(index: ScoreIndex, columns: Columns, { alpha, delta }: Pledge): Candidate[] {
  const grid = gridOf(index);
  if (grid.length === 0) return [];
  const bets = certificateBets(alpha);
  const piRef = leastPi(index, columns);
  const logw = newWealth();
  let [from, n, wrong] = [0, 0, 0];
  const steps = grid.map((threshold) => {
    const to = reached(index, threshold);
    for (const { pi, isWrong, count } of groupsOf(index, columns, { from, to })) {
      addEvidence(logw, bets, { omega: Math.min(1, piRef / pi), loss: isWrong ? 1 : 0, count });
      n += count;
      if (isWrong) wrong += count;
    }
    from = to;
    return { threshold, n, wrong, logE: logE(logw) };
  });
  const levels = fallback(
    steps.map((step) => pValueOf(step.logE)),
    delta,
  );
  return steps.map((step, at) => {
    const { level = delta, certified = false } = levels[at] ?? {};
    return candidateOf(step, { level, certified, alpha });
  });
}

type Step = { threshold: number; n: number; wrong: number; logE: number };

function candidateOf(
  step: Step,
  { level, certified, alpha }: { level: number; certified: boolean; alpha: number },
): Candidate {
  const needed = -Math.log(level);
  const lost = step.logE === -Infinity;
  return {
    ...step,
    logE: lost ? null : step.logE,
    needed,
    certified,
    moreNeeded: certified ? 0 : lost ? null : moreNeeded(step, { needed, alpha }),
  };
}

// autonomy.md §4: (ln(1/level) − ln E) / ln((1 − q)/(1 − alpha)) at q = the rate observed.
function moreNeeded(
  { n, wrong, logE: reachedSoFar }: Step,
  { needed, alpha }: { needed: number; alpha: number },
) {
  const q = n === 0 ? 0 : wrong / n;
  if (q >= alpha) return null;
  return Math.ceil((needed - reachedSoFar) / Math.log((1 - q) / (1 - alpha)));
}

type Group = { pi: number; isWrong: boolean; count: number };

/** Labels with a known chance between two places of the order, counted by chance and verdict. */
function groupsOf(index: ScoreIndex, columns: Columns, { from, to }: { from: number; to: number }): Group[] {
  const groups = new Map<string, Group>();
  for (let at = from; at < to; at += 1) {
    const row = index.rows[at] ?? 0;
    const label = labelAt(columns, row, "drawn");
    if (!label) continue;
    const pi = columns.pi[row] ?? 1;
    const key = `${pi} ${label.isWrong}`;
    const group = groups.get(key) ?? { pi, isWrong: label.isWrong, count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()];
}

function leastPi({ rows }: ScoreIndex, columns: Columns): number {
  let least = 1;
  for (const row of rows) if (labelAt(columns, row, "drawn")) least = Math.min(least, columns.pi[row] ?? 1);
  return least;
}

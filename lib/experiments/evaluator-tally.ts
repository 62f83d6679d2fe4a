import { tangoInterval } from "@/lib/stats/tango";
import { shareOf } from "./compare";
import type { EvaluatorRow, Span } from "./experiments";

const level = 0.95;

/** What one evaluator said of one quality of a candidate's answers; `pairs` are the items where it ruled on the baseline's too. */
export type Tally = {
  n: number;
  ruled: number;
  passed: number;
  scored: number;
  sum: number;
  pairs: number;
  onlyBaseline: number;
  onlyOwn: number;
};

export function emptyTally(): Tally {
  return { n: 0, ruled: 0, passed: 0, scored: 0, sum: 0, pairs: 0, onlyBaseline: 0, onlyOwn: 0 };
}

/** Counts one score; what could not be told is not counted. */
export function addScore(
  tally: Tally,
  { score, passed }: { score: number | null; passed: boolean | null },
): void {
  if (score === null && passed === null) return;
  tally.n += 1;
  if (passed !== null) tally.ruled += 1;
  if (passed === true) tally.passed += 1;
  if (score !== null) {
    tally.scored += 1;
    tally.sum += score;
  }
}

/** Counts an item of which both the baseline's answer and this one were passed or failed. */
export function addPair(tally: Tally, { baseline, own }: { baseline: boolean; own: boolean }): void {
  tally.pairs += 1;
  if (baseline && !own) tally.onlyBaseline += 1;
  if (own && !baseline) tally.onlyOwn += 1;
}

/** The figures of a tally: pass rate with Wilson's interval, mean score, and the paired difference with Tango's. */
export function figuresOfTally(tally: Tally): Pick<EvaluatorRow, "n" | "score" | "passed" | "difference"> {
  const { n, ruled, passed, scored, sum } = tally;
  return {
    n,
    score: scored === 0 ? null : sum / scored,
    passed: shareOf(passed, ruled),
    difference: differenceOf(tally),
  };
}

function differenceOf({ pairs, onlyBaseline, onlyOwn }: Tally): Span | null {
  if (pairs === 0) return null;
  const { lower, upper } = tangoInterval({ onlyFirst: onlyOwn, onlySecond: onlyBaseline, n: pairs }, level);
  return { value: (onlyOwn - onlyBaseline) / pairs, low: lower, high: upper };
}

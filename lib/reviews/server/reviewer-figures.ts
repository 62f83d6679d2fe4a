import type { Prediction } from "@/lib/decisions/schema";
import type { Verdict } from "@/lib/kernel/statuses";
import { clopperPearson, clopperPearsonLower } from "@/lib/stats/clopper-pearson";
import { cohenKappa, crossTable } from "@/lib/stats/cohen-kappa";
import { least, type ReviewerFigures, type Share } from "../measures";
import { acts, overturned, wasWrong, type GoldAnswer } from "../overturned";

/** What a reviewer said where the right answer is known. */
export type Judged = { predicted: Prediction; right: GoldAnswer; verdict: Verdict };
/** What two people said of one case, knowing nothing of each other. */
export type Pair = { first: Verdict; second: Verdict };
/** Counts of ordinary rulings, and seconds from opening to the verdict. */
export type Ruled = {
  rulings: number;
  overrides: number;
  looks: number;
  p50: number | null;
  p90: number | null;
};

export const noneRuled: Ruled = { rulings: 0, overrides: 0, looks: 0, p50: null, p90: null };

/**
 * Sensitivity, specificity, agreement, overrides and looks with their exact intervals (Clopper-Pearson); a share of
 * fewer than its floor is given no value.
 */
export function reviewerFigures(
  from: string,
  { judged, pairs, ruled }: { judged: readonly Judged[]; pairs: readonly Pair[]; ruled: Ruled },
): ReviewerFigures {
  const wrong = judged.filter(({ predicted, right }) => wasWrong(predicted, right));
  const sound = judged.filter(({ predicted, right }) => !wasWrong(predicted, right));
  const caught = wrong.filter(({ predicted, verdict }) => overturned(predicted, verdict)).length;
  const kept = sound.filter(({ predicted, verdict }) => !overturned(predicted, verdict)).length;
  const same = pairs.filter(({ first, second }) => acts(first) === acts(second)).length;
  const sensitivity = shareOf(caught, wrong.length, least.measured);
  return {
    object: "reviewer_figures",
    from,
    rulings: ruled.rulings,
    sensitivity,
    sensitivity_bound: sensitivity.value === null ? null : clopperPearsonLower(caught, wrong.length, 0.95),
    specificity: shareOf(kept, sound.length, least.measured),
    agreement: shareOf(same, pairs.length, least.doubled),
    kappa: kappaOf(pairs),
    overrides: shareOf(ruled.overrides, ruled.rulings, least.ruled),
    look_seconds: {
      p50: ruled.looks < least.ruled ? null : ruled.p50,
      p90: ruled.looks < least.ruled ? null : ruled.p90,
      n: ruled.looks,
    },
  };
}

function shareOf(part: number, n: number, needed: number): Share {
  if (n < needed) return { part, n, needed, value: null, lower: null, upper: null };
  return { part, n, needed, value: part / n, ...clopperPearson(part, n) };
}

function kappaOf(pairs: readonly Pair[]): ReviewerFigures["kappa"] {
  if (pairs.length < least.doubled) return null;
  const answers = pairs.map(({ first, second }): [boolean, boolean] => [acts(first), acts(second)]);
  const { value, interval } = cohenKappa(crossTable(answers, [true, false]));
  return value === null || interval === null ? null : { value, ...interval };
}

/**
 * Se_L of autonomy.md §1.5: with probability `1 - delta / 2` at least, reviewers overturn this share of wrong proposals
 * or more. 0 when nothing was asked.
 */
export function sensitivityBound(caught: number, wrong: number, delta: number): number {
  return wrong === 0 ? 0 : clopperPearsonLower(caught, wrong, 1 - delta / 2);
}

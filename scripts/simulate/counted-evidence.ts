import { addEvidence, logE, newWealth, pValueOf, type Bets } from "@/lib/stats/certificate";
import { bins } from "./curves";
import type { Control, Day } from "./day";

/** The certificate's state for every threshold, strict to permissive: what the product's fold keeps, in portions of a day. */
export type CountedEvidence = { wealth: number[][]; p: number[] };

export function newEvidence(): CountedEvidence {
  return {
    wealth: Array.from({ length: bins }, newWealth),
    p: Array.from({ length: bins }, () => 1),
  };
}

/**
 * Folds a day's labels into every threshold they lie above, by the product's own increments: as many at once as are
 * alike. Weight 1 for audits and while nothing runs alone, else the audit rate for what was reviewed (autonomy.md §1.2).
 */
export function foldDay(evidence: CountedEvidence, bets: Bets, day: Day, { auto, auditRate }: Control): void {
  let [right, wrong, lightRight, lightWrong] = [0, 0, 0, 0];
  for (let bin = 0; bin < bins; bin += 1) {
    right += day.auditedRight[bin] ?? 0;
    wrong += day.auditedWrong[bin] ?? 0;
    if (auto === 0) {
      right += day.right[bin] ?? 0;
      wrong += day.wrong[bin] ?? 0;
    } else {
      lightRight += day.right[bin] ?? 0;
      lightWrong += day.wrong[bin] ?? 0;
    }
    const wealth = evidence.wealth[bin] ?? [];
    if (right > 0) addEvidence(wealth, bets, { omega: 1, loss: 0, count: right });
    if (wrong > 0) addEvidence(wealth, bets, { omega: 1, loss: 1, count: wrong });
    if (lightRight > 0) addEvidence(wealth, bets, { omega: auditRate, loss: 0, count: lightRight });
    if (lightWrong > 0) addEvidence(wealth, bets, { omega: auditRate, loss: 1, count: lightWrong });
    evidence.p[bin] = Math.min(evidence.p[bin] ?? 1, pValueOf(logE(wealth)));
  }
}

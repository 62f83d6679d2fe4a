import { foldTermsOf } from "@/lib/autonomy/fold-terms";
import { defaultTerms } from "@/lib/autonomy/terms";
import { addEvidence, certificateBets, logE, newWealth } from "@/lib/stats/certificate";
import { clopperPearsonLower } from "@/lib/stats/clopper-pearson";
import { randomOf } from "./random";
import type { Mutation } from "./terms";

/** Labels of wrong decisions come `delay` days after them, those of right ones at once. One threshold, no better than alpha. */
export type LateLabels = {
  kind: "late";
  alpha: number;
  delta: number;
  perDay: number;
  days: number;
  delay: number;
  /** Share of labels that never come. */
  lost: number;
  /** After so many days without a label a decision counts as wrong. */
  patience: number;
  /** `in_order`: up to the first decision that still waits. `as_they_arrive`: what one must not do. */
  fold: "in_order" | "as_they_arrive";
  mutation: Mutation;
};

/** Whether the stream was certified at any look. */
export function runLate(job: LateLabels, seed: number, index: number): { certified: number } {
  const { alpha, delta, perDay, days, delay, lost, patience } = job;
  const random = randomOf(seed, `late ${patience}`, index);
  const bets = certificateBets(alpha);
  const wealth = newWealth();
  const target = -Math.log(delta);
  const decisions = Array.from({ length: perDay * days }, (_, at) => {
    const made = Math.floor(at / perDay);
    const loss = random() < alpha ? 1 : 0;
    const due = random() < lost ? Infinity : made + (loss ? delay : 0);
    // Too late is wrong, whatever it would have been.
    return due > made + patience ? { loss: 1, due: made + patience } : { loss, due };
  });
  const isInOrder = job.fold === "in_order" && job.mutation !== "as_they_arrive";
  const order = isInOrder ? decisions : decisions.toSorted((a, b) => a.due - b.due);
  for (const { loss, due } of order) {
    // In order, a decision that waits past the end holds up what comes after it.
    if (due >= days) {
      if (isInOrder) break;
      continue;
    }
    addEvidence(wealth, bets, { omega: 1, loss });
    if (loss === 0 && logE(wealth) >= target) return { certified: 1 };
  }
  return { certified: 0 };
}

/** Reviewers who overturn a share `sensitivity` of what is wrong, measured on decisions known to be wrong. */
export type RubberStamp = {
  kind: "rubber_stamp";
  alpha: number;
  /** The true error rate, above alpha. */
  rate: number;
  delta: number;
  decisions: number;
  sensitivity: number;
  /** Known-wrong decisions put before the reviewers; 0: no correction, which is what one must not do. */
  gold: number;
  mutation: Mutation;
};

/** Whether the stream was certified at any look, at alpha times the lower bound of the sensitivity, where it is measured. */
export function runRubberStamp(job: RubberStamp, seed: number, index: number): { certified: number } {
  const random = randomOf(seed, `stamp ${job.sensitivity}`, index);
  const isCorrected = job.gold > 0 && job.mutation !== "no_gold";
  let caught = 0;
  for (let item = 0; item < job.gold; item += 1) if (random() < job.sensitivity) caught += 1;
  const sensitivity = isCorrected ? clopperPearsonLower(caught, job.gold, 1 - job.delta / 2) : null;
  const asked = { ...defaultTerms, alpha: job.alpha, delta: job.delta, goldCorrection: isCorrected };
  const terms = foldTermsOf(asked, { grid: [0], sensitivity });
  if (!terms) return { certified: 0 };
  const bets = certificateBets(terms.alpha);
  const wealth = newWealth();
  const target = -Math.log(terms.delta);
  for (let n = 0; n < job.decisions; n += 1) {
    const loss = random() < job.rate * job.sensitivity ? 1 : 0;
    addEvidence(wealth, bets, { omega: 1, loss });
    if (loss === 0 && logE(wealth) >= target) return { certified: 1 };
  }
  return { certified: 0 };
}

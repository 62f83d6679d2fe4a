import type { Prediction } from "@/lib/decisions/schema";
import { formatMoney } from "@/lib/kernel/money";
import { percentText } from "./percent-text";
import type { ChangeKind, EpochCause, ProposalKind, ProposalStatus, SegmentLevel, Terms } from "./schema";

export { percentText };

/** "At most 2 % wrong, 95 % sure." */
export function promiseText({ alpha, delta, family, cost }: Terms, currency: string): string {
  const sure = `${percentText(1 - delta)} sure`;
  const together = family > 1 ? ` for ${family} segments together` : "";
  if (cost) {
    return `At most ${formatMoney({ amount: cost.budget, currency })} lost on average by each automatic decision, ${sure}${together}`;
  }
  return `At most ${percentText(alpha)} wrong, ${sure}${together}`;
}

export const predictionWords: Record<Prediction, { name: string; verb: string }> = {
  positive: { name: "Proposals to act", verb: "acts" },
  negative: { name: "Proposals to leave things as they are", verb: "leaves things as they are" },
};

type Band = { amount_from: number | null; amount_to: number | null; currency: string };

/** "€0.00 to below €150.00", "any amount". */
export function bandText({ amount_from: from, amount_to: to, currency }: Band): string {
  const money = (amount: number) => formatMoney({ amount, currency });
  if (from === null && to === null) return "any amount";
  if (from === null) return `below ${money(to ?? 0)}`;
  return to === null ? `from ${money(from)}` : `${money(from)} to below ${money(to)}`;
}

/** What a kind of change is called in the history. */
export const changeWords: Record<ChangeKind, string> = {
  created: "Contract made",
  terms: "Terms changed",
  epoch: "New certification period",
  shadow_ended: "Out of shadow",
  promoted: "Promoted",
  expanded: "Expanded",
  ramped: "Ramp step",
  audit_rate: "Audit rate",
  stepped_down: "Stepped down",
  rolled_back: "Rolled back",
  archived: "Archived",
};

/** Why a certification period began. */
export const causeWords: Record<EpochCause, string> = {
  created: "The contract was made",
  terms_changed: "The terms changed",
  audit_alarm: "Audits found too much wrong",
  reviewed_stream_alarm: "Reviewers overrule more than before",
  model_changed: "The model changed",
  prompt_changed: "The prompt changed",
  policy_changed: "A policy changed",
  audits_overdue: "Audits were overdue",
  stopped: "Automation was stopped",
  sensitivity_fell: "Reviewers miss more than before",
  labels_changed: "Labels changed, and certify it no longer",
  rolled_back: "It was rolled back",
  by_hand: "Somebody stepped it down",
};

export const proposalWords: Record<ProposalKind, string> = {
  promote: "Let it run alone",
  expand: "Let more run alone",
  terms: "Looser terms",
};

export const proposalStatusWords: Record<ProposalStatus, string> = {
  open: "Waits for a second admin",
  signed: "Signed",
  declined: "Declined",
  withdrawn: "Withdrawn",
  lapsed: "Lapsed",
};

export const levelSentences: Record<SegmentLevel, string> = {
  shadow: "Recorded only: nothing is done, and nobody is asked.",
  review_all: "A person rules on everything, and rulings are evidence.",
  auto: "What reaches the threshold runs alone, and a share of it is audited.",
};

/** What a term is called, and what its value says. */
export const termWords: {
  [K in keyof Terms]: { name: string; text: (terms: Terms, currency: string) => string };
} = {
  alpha: { name: "Wrong among what runs alone", text: ({ alpha }) => `at most ${percentText(alpha)}` },
  delta: { name: "How sure", text: ({ delta }) => percentText(1 - delta) },
  family: {
    name: "Segments that share the promise",
    text: ({ family }) => (family === 1 ? "this one alone" : `${family} together`),
  },
  cost: {
    name: "Limit on cost",
    text: ({ cost }, currency) =>
      cost
        ? `${formatMoney({ amount: cost.budget, currency })} a decision on average, of at most ${formatMoney({ amount: cost.cap, currency })}`
        : "none: errors are counted",
  },
  goldCorrection: {
    name: "Correct for what reviewers miss",
    text: ({ goldCorrection }) => (goldCorrection ? "yes, by known answers" : "no"),
  },
  labelHours: { name: "An answer this late counts as wrong", text: ({ labelHours }) => `${labelHours} h` },
  auditFloor: { name: "Audits a day at least", text: ({ auditFloor }) => String(auditFloor) },
  alarmRunLength: {
    name: "Audits between two false alarms",
    text: ({ alarmRunLength }) => `${alarmRunLength.toLocaleString("en")} on average`,
  },
  detectionDays: { name: "Days to find a shift", text: ({ detectionDays }) => String(detectionDays) },
  expands: {
    name: "A more permissive certified threshold",
    text: ({ expands }) => (expands === "signed" ? "needs two signatures" : "comes by itself, once a day"),
  },
  ramp: { name: "Ramp", text: ({ ramp }) => ramp.map(percentText).join(" → ") },
  auditSlaHours: {
    name: "Audits may be overdue for",
    text: ({ auditSlaHours }) => `${auditSlaHours} h, then autonomy is taken back`,
  },
};

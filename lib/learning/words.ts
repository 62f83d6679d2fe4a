import { counted } from "@/lib/kernel/counted";
import type { TrainingReport, TrainingView } from "./trainings";
import type { FineTuneStatus, LearningFormat, TrainingStatus } from "./vocabulary";

const whole = new Intl.NumberFormat("en");
const tenths = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** 0.0342 → "3.4 %". */
export function percentText(share: number): string {
  return `${tenths.format(share * 100)} %`;
}

const points = (share: number) => tenths.format(Math.abs(share) * 100);

/** What a round found out, in plain words: how wrong both are, and how sure the difference is. */
export function reportWords({ comparison }: Pick<TrainingReport, "comparison">): string {
  if (!comparison) return "There was no labelled decision left to measure on: gather more labels first.";
  const { n, baseline, candidate, difference } = comparison;
  const both = `On ${counted(n, "decision")} that neither had learned from: ${percentText(baseline.value)} wrong now, ${percentText(candidate.value)} with the new one`;
  return `${both}; ${surenessWords(difference)}.`;
}

function surenessWords({ low, high }: { low: number; high: number }): string {
  if (low > 0) return `95 % sure it is ${points(low)} to ${points(high)} points better`;
  if (high < 0) return `95 % sure it is ${points(high)} to ${points(low)} points worse`;
  return `95 % sure the difference lies between ${points(low)} points worse and ${points(high)} points better, so it may be none`;
}

/** Why what a round made may not be proposed; null: it may. */
export function unfitWords(comparison: TrainingReport["comparison"]): string | null {
  if (!comparison)
    return "It was not measured: no labelled decision was left for it. Gather more labels, then train again.";
  return comparison.verdict === "worse"
    ? "It is surely worse than the model in force, so it cannot be proposed. Gather more labels, then train again."
    : null;
}

const names = new Intl.ListFormat("en", { type: "disjunction" });

/** Who puts in force what somebody else proposed. */
export function signersWords(signers: readonly string[]): string {
  if (signers.length === 0) return "There is no other admin: invite one under Settings, Members.";
  return `${names.format(signers.slice(0, 3))}${signers.length > 3 ? " or another admin" : ""} signs in and signs it here.`;
}

const statusWords: Record<TrainingStatus, string> = {
  pending: "Waiting",
  running: "Training",
  evaluated: "Measured",
  proposed: "Proposed",
  signed: "Signed",
  declined: "Declined",
  failed: "Failed",
};

export function trainingWord(status: TrainingStatus): string {
  return statusWords[status];
}

/** True while a worker is at it. */
export function isUnderWay({ status }: Pick<TrainingView, "status">): boolean {
  return status === "pending" || status === "running";
}

/** What a model in shadow said beside the one in force. */
export function shadowWords(shadow: {
  answered: number;
  same: number;
  labelled: number;
  own_errors: number;
  active_errors: number;
}): string {
  if (shadow.answered === 0)
    return "No decision has come in since it is in shadow. It answers the next ones as they come.";
  const said = `Of ${counted(shadow.answered, "decision")} since it is in shadow it would have answered ${whole.format(shadow.same)} the same`;
  if (shadow.labelled === 0) return `${said}; nobody has said yet which were right.`;
  return `${said}; of the ${whole.format(shadow.labelled)} whose truth is known it was wrong on ${whole.format(shadow.own_errors)}, what was in force on ${whole.format(shadow.active_errors)}.`;
}

/** What each format is for, by its name. */
export const formatWords: Record<LearningFormat, string> = {
  sft: "Supervised (OpenAI, TRL)",
  openai_dpo: "Preferences for OpenAI",
  trl_dpo: "Preferences for TRL",
  kto: "Unpaired preferences (KTO)",
  reward: "Rewards with propensities",
};

const tuningWords: Record<FineTuneStatus, string> = {
  pending: "Waiting",
  uploading: "Sending",
  running: "Running",
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
  unknown: "Unknown",
};

export function tuningWord(status: FineTuneStatus): string {
  return tuningWords[status];
}

/** True while the provider is at it, or about to be. */
export function isTuning({ status }: { status: FineTuneStatus }): boolean {
  return status === "pending" || status === "uploading" || status === "running";
}

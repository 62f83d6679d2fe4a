import type { Prediction } from "@/lib/decisions/schema";
import type { Verdict } from "@/lib/kernel/statuses";

/** What is known to be right about acting. */
export const goldAnswers = ["approve", "decline"] as const;
export type GoldAnswer = (typeof goldAnswers)[number];

/** True when a verdict lets the action be carried out, as proposed or changed. */
export function acts(verdict: Verdict): boolean {
  return verdict === "approve" || verdict === "edit";
}

/** True when the proposal was wrong: the model proposed to act where leaving it alone is right, or the other way round. */
export function wasWrong(predicted: Prediction, right: GoldAnswer): boolean {
  return (predicted === "positive") !== acts(right);
}

/** True when the reviewer went against the model's proposal. */
export function overturned(predicted: Prediction, verdict: Verdict): boolean {
  return (predicted === "positive") !== acts(verdict);
}

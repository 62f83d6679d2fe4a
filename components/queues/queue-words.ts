import type { QueueOrder } from "@/lib/apps/schema";
import type { Verdict } from "@/lib/kernel/statuses";
import type { QueueView } from "@/lib/reviews/queues";

export const orderWords: Record<QueueOrder, { name: string; sentence: string }> = {
  sla: { name: "Due first", sentence: "What is due next comes first." },
  expected_loss: {
    name: "Expected loss per minute first",
    sentence:
      "The chance that the proposal is wrong, times what that would cost, for each minute people take for such a review: the largest first. Amounts are compared without exchange rates, so give each currency a queue of its own.",
  },
  oldest: { name: "Oldest first", sentence: "What waits longest comes first." },
};

export const verdictWords: Record<Verdict, string> = {
  approve: "Approve",
  edit: "Edit, then approve",
  decline: "Decline",
  respond: "Respond in place of the action",
};

/** `4 h`, `90 min`, `2 d` */
export function minutesText(minutes: number): string {
  if (!Number.isFinite(minutes)) return "?";
  if (minutes >= 2880 && minutes % 1440 === 0) return `${minutes / 1440} d`;
  if (minutes >= 120 && minutes % 60 === 0) return `${minutes / 60} h`;
  return `${minutes} min`;
}

/** What comes here, in a few words. */
export function intakeWords({ rule, types }: Pick<QueueView, "rule" | "types">): string {
  const names = types.map(({ name }) => name).join(", ");
  if (rule !== null && types.length > 0) return `By rule, and ${names}`;
  if (rule !== null) return "By rule";
  return types.length > 0 ? names : "What is passed on";
}

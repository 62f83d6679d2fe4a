import type { EventType } from "@/lib/kernel/events";
import type { JsonObject } from "@/lib/kernel/json";

const sentences: Partial<Record<EventType, string>> = {
  "decision.created": "Submitted",
  "decision.approved": "Approved",
  "decision.declined": "Declined",
  "decision.awaiting_second": "Waits for another approval",
  "decision.auto_declined": "Ended without acting",
  "decision.expired": "Expired",
  "decision.cancelled": "Cancelled",
  "decision.returned": "Came back before anything was sent",
  "execution.compensation_proposed": "Undoing proposed",
  "decision.executed": "Carried out",
  "decision.execution_updated": "Execution changed",
  "execution.disputed": "Disputed: our record and the system do not agree",
  "execution.resolved": "Settled by a person",
  "execution.retry_asked": "Asked to be sent again",
  "decision.outcome_recorded": "Outcome recorded",
  "review.opened": "Sent to review",
  "review.claimed": "Claimed",
  "review.released": "Given back",
  "review.snoozed": "Snoozed",
  "review.staged": "Verdict given, can still be taken back",
  "review.unstaged": "Verdict taken back",
  "review.resolved": "Verdict took effect",
  "review.escalated": "Overdue: escalated",
  "review.expired": "Overdue: closed without acting",
  "review.cancelled": "Review closed",
  "review.break_glass": "Approved without the others, breaking the glass",
  "review.forwarded": "Passed on",
  "review.assigned": "Given to a person",
  "review.unassigned": "Given back to the queue",
  "review.taken_over": "Taken over by a lead",
  "review.sla_warning": "Half of its time is gone",
  "feedback.created": "Feedback received",
  "feedback.withdrawn": "Feedback taken back",
  "feedback.offered": "Customer asked for feedback",
  "note.added": "Note written",
  "appeal.offered": "Link made for the person concerned",
  "appeal.submitted": "The person concerned appealed",
  "appeal.upheld": "Appeal answered: the decision stands",
  "appeal.overturned": "Appeal answered: the decision was wrong",
};

/** One line of history in words; `data` is what the event carries. */
export function historyNote(type: string, data: JsonObject): string {
  const sentence = Object.hasOwn(sentences, type) ? sentences[type as EventType] : undefined;
  const detail = data["verdict"] ?? data["reason"];
  return typeof detail === "string" ? `${sentence ?? type} (${detail})` : (sentence ?? type);
}

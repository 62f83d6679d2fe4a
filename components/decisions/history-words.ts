import type { EventType } from "@/lib/kernel/events";
import type { JsonObject } from "@/lib/kernel/json";

const sentences: Partial<Record<EventType, string>> = {
  "decision.created": "Submitted",
  "decision.approved": "Approved",
  "decision.awaiting_second": "Waits for another approval",
  "decision.declined": "Declined",
  "decision.auto_declined": "Ended without acting",
  "decision.expired": "Time ran out; nothing was done",
  "decision.cancelled": "Cancelled",
  "decision.returned": "Came back before anything was sent",
  "execution.compensation_proposed": "Undoing it was proposed",
  "decision.executed": "Carried out",
  "decision.execution_updated": "Execution changed",
  "execution.disputed": "Disputed: our record and the system do not agree",
  "execution.resolved": "Settled by a person",
  "execution.retry_asked": "Asked to be sent again",
  "decision.outcome_recorded": "Outcome known",
  "review.opened": "Sent to a person",
  "review.claimed": "Taken up",
  "review.released": "Given back",
  "review.snoozed": "Put off",
  "review.staged": "Verdict given, could still be taken back",
  "review.unstaged": "Verdict taken back",
  "review.resolved": "Verdict took effect",
  "review.escalated": "Overdue, escalated",
  "review.expired": "Overdue, closed without acting",
  "review.cancelled": "Review closed",
  "review.break_glass": "Approved alone, breaking the glass",
  "review.forwarded": "Passed on",
  "review.assigned": "Kept for a person",
  "review.unassigned": "Back to its queue",
  "review.taken_over": "Taken over by a lead",
  "review.sla_warning": "Half of its time is gone",
  "audit.requested": "Audit opened",
  "audit.completed": "Audit judged",
  "audit.disagreement": "The auditor disagrees",
  "audit.disputed": "Auditors differed",
  "feedback.created": "Feedback received",
  "feedback.withdrawn": "Feedback taken back",
  "feedback.offered": "Customer asked for feedback",
  "discrepancy.opened": "Sides disagree: a discrepancy opened",
  "discrepancy.changed": "The discrepancy changed",
  "note.added": "Note written",
  "appeal.offered": "Link made for the person concerned",
  "appeal.submitted": "The person concerned appealed",
  "appeal.upheld": "Appeal answered: the decision stands",
  "appeal.overturned": "Appeal answered: the decision was wrong",
};

const details = ["verdict", "judgement", "vote", "status", "truth", "reason"] as const;

const routed: Record<string, string> = {
  execute: "Submitted, and routed to act alone",
  review: "Submitted, and routed to a person",
  decline: "Submitted, and routed to leave things as they are",
  shadow: "Submitted, and only recorded",
};

/** One line of a decision's history in words, with the one detail of it that matters. */
export function historySentence(type: string, data: JsonObject): string {
  const sentence = Object.hasOwn(sentences, type) ? (sentences[type as EventType] ?? type) : type;
  const route = data["route"];
  if (type === "decision.created" && typeof route === "string") return routed[route] ?? sentence;
  const detail = details.map((key) => data[key]).find((value) => typeof value === "string");
  // "Approved (approved)" would say nothing.
  if (
    typeof detail !== "string" ||
    sentence.toLowerCase() === detail ||
    type === "decision.awaiting_second"
  ) {
    return sentence;
  }
  return `${sentence}: ${detail.replaceAll("_", " ")}`;
}

import type { ConnectorClass } from "@/lib/apps/schema";
import type { AttemptOutcome, ExecutionStatus } from "./schema";

/** What a connector's class means for whoever waits on it, in plain words. */
export const classWords: Record<ConnectorClass, string> = {
  A: "Recognises our key, so asking twice acts once",
  B: "Can be asked what it did, so we look before asking again",
  C: "Cannot tell us whether it acted; an unanswered call needs a person",
};

type Told = { status: ExecutionStatus; needs_person: boolean; attempts: number; error: string | null };

/** The state of an execution as one would say it to somebody who waits; `system` is the connector's name. */
export function stateSentence(told: Told, system: string): string {
  switch (told.status) {
    case "pending":
      return told.error === null
        ? `Approved, and waiting for a worker to ask ${system}.`
        : `We could not reach ${system}, and nothing was sent. We keep trying.`;
    case "in_flight":
      return `We are asking ${system} now.`;
    case "succeeded":
      return `${system} did it, and said so.`;
    case "failed":
      return `${system} refused, and nothing happened.`;
    case "unknown":
      if (told.error?.startsWith("Accepted;")) return `${system} took it on; we wait for its report.`;
      return told.needs_person
        ? `We asked ${system} and got no clear answer; it may or may not have happened. Only a person can find out.`
        : `We asked ${system} and got no clear answer; it may or may not have happened. We are finding out.`;
    case "dead":
      return told.attempts === 0
        ? `It was not sent to ${system}, and will not be. A person has to look at it.`
        : `We stopped asking ${system}; it may or may not have happened. A person has to look at it.`;
    case "disputed":
      return `What we recorded and what ${system} says later do not agree. A person has to look at it.`;
    case "cancelled":
      return "Cancelled before anything was sent.";
  }
}

/** What one attempt came to. */
export const outcomeWords: Record<AttemptOutcome, string> = {
  intent: "About to be sent; no word of it since",
  succeeded: "Done",
  refused: "Refused",
  not_sent: "Nothing was sent",
  ambiguous: "No clear answer",
  found: "Found: it had happened",
  absent: "Not there",
  stale: "Came back too late to count",
  accepted: "Accepted; its report is awaited",
  unchanged: "As it was when it was approved",
  changed: "Not as it was when it was approved",
  resolved: "Settled by a person",
};

/** The errors we write ourselves, in words; a target's own sentence stays as it is. */
export function errorSentence(error: string): string {
  if (error === "digest_mismatch") return "What is stored is not what was signed, so it was not sent.";
  if (error.startsWith("cannot_be_sent: ")) return `No request can be made of it: ${error.slice(16)}`;
  return error;
}

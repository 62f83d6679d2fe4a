import type { ConnectorClass } from "@/lib/apps/schema";

/** What is known of an execution that waits (`pending` or `unknown`), as the claim reads it under its lock. */
export type Waiting = {
  status: "pending" | "unknown";
  class: ConnectorClass;
  /** Sends so far that may have reached the target. */
  attempt: number;
  maxAttempts: number;
  /** Seconds since the first send that may have reached the target; null when there was none. */
  sentAgo: number | null;
  keyTtlSeconds: number;
  canLookUp: boolean;
  /** The last send was refused (and an earlier one may have taken effect). */
  isRefused: boolean;
  /** A look-up after the last send found nothing of it. */
  isAbsent: boolean;
  /** The last send was taken on, and what came of it was to be reported by now. */
  isAccepted: boolean;
  /** The credential was replaced since the first send: another account's, for all we know. */
  isCredentialNewer: boolean;
  /** The approval's `execute_before` is over. */
  isLate: boolean;
  /** A person who did not approve it asked for one more send. */
  isRetry: boolean;
};

export type NextStep =
  | { to: "send" }
  | { to: "look_up" }
  | { to: "failed" }
  | { to: "dead"; error: string }
  | { to: "person"; error: string };

/** A key is trusted for an hour less than the target says it keeps it. */
export const keyMarginSeconds = 3600;

/**
 * What may happen next to an execution that waits. Nothing ambiguous is repeated blindly: A within its key's life,
 * B after a look-up that found nothing, C by a person only, and whatever a person asked for once.
 */
export function nextStep(waiting: Waiting): NextStep {
  if (waiting.status === "pending") return waiting.isLate ? lapsed : { to: "send" };
  // What a person answers for is not weighed again here; an approval that is over is nobody's to use.
  if (waiting.isRetry) return waiting.isLate ? lapsed : { to: "send" };
  const asks = waiting.canLookUp && !waiting.isAbsent;
  if (waiting.isAccepted) return asks ? { to: "look_up" } : noReport;
  // Under another account the target may forget our key and have nothing of what it did.
  if (waiting.isCredentialNewer) return asks ? { to: "look_up" } : otherCredential;
  if (waiting.class === "C") return cannotTell;
  if (waiting.isAbsent && waiting.isRefused) return { to: "failed" };
  return waiting.class === "A" ? nextOfA(waiting) : nextOfB(waiting);
}

function nextOfA(waiting: Waiting): NextStep {
  const isKeyKept = (waiting.sentAgo ?? 0) < waiting.keyTtlSeconds - keyMarginSeconds;
  const maySend = isKeyKept && !waiting.isLate && waiting.attempt < waiting.maxAttempts;
  const asksFirst = waiting.isRefused && waiting.canLookUp && !waiting.isAbsent;
  if (maySend && !asksFirst) return { to: "send" };
  if (waiting.canLookUp && !waiting.isAbsent) return { to: "look_up" };
  if (waiting.isLate) return lapsed;
  if (!isKeyKept)
    return { to: "dead", error: "The target no longer keeps our key; sending again could act twice" };
  return exhausted(waiting);
}

function nextOfB(waiting: Waiting): NextStep {
  if (!waiting.canLookUp) return cannotTell;
  if (!waiting.isAbsent) return { to: "look_up" };
  if (waiting.isLate) return lapsed;
  return waiting.attempt < waiting.maxAttempts ? { to: "send" } : exhausted(waiting);
}

const lapsed: NextStep = { to: "dead", error: "The approval lapsed before it was carried out" };
const noReport: NextStep = {
  to: "person",
  error: "It was accepted, and what came of it was never reported; a person has to find out",
};
const otherCredential: NextStep = {
  to: "person",
  error: "Its credential was replaced after it was sent; a person has to find out whether the system acted",
};
const cannotTell: NextStep = {
  to: "person",
  error: "This system cannot tell us whether it acted; a person has to find out",
};

function exhausted(waiting: Waiting): NextStep {
  return { to: "dead", error: `No clear answer after ${waiting.attempt} attempts` };
}

import type { ReviewSummary, Ruling } from "@/lib/reviews/schema";
import type { Answer, Staged } from "./answers";

export type KeepableRuling =
  | { verdict: "approve"; note?: string }
  | { verdict: "decline"; reason_code?: string; note?: string };

/** A verdict that could not be sent: what is needed to send it later, and to say what became of it. */
export type KeptVerdict = {
  reviewId: string;
  /** Whose word it is: nobody else who signs in here sends it. */
  by: string;
  summary: string;
  ruling: KeepableRuling;
  /** They held the review: it counts under that claim and no other. */
  held: boolean;
  /** When their claim ends; of what they did not hold, when one would have ended. */
  until: string;
  /** Why it was not given. It stays until it is read. */
  refused?: string;
};

export type Keepable = Pick<ReviewSummary, "id" | "summary" | "deliberate" | "held_by" | "lease_until"> & {
  lease_seconds?: number;
};

/** What a queue's lease is unless an admin says otherwise; the list does not know each queue's. */
const usualLeaseSeconds = 900;

/**
 * A verdict as it is kept until there is a connection, or the sentence why it is not. A verdict that takes two keys is
 * never kept: it would take effect at a moment nobody chose, with nobody there to take it back. Nor is an edit or an
 * answer: the server checks what was written before anybody stands by it. Many at once are shown by the server first.
 */
export function keptOf(about: Keepable, ruling: Ruling, me: string, now: Date): KeptVerdict | string {
  if (ruling.verdict === "edit" || ruling.verdict === "respond")
    return "What you wrote is checked by the server before it counts.";
  if (ruling.verdict === "approve" && about.deliberate)
    return "What cannot be undone or is above its cap is approved with a connection only.";
  const held = about.held_by?.id === me && about.lease_until !== null;
  const leaseMs = (about.lease_seconds ?? usualLeaseSeconds) * 1000;
  return {
    reviewId: about.id,
    by: me,
    summary: about.summary.slice(0, 200),
    ruling: plain(ruling),
    held,
    until: held && about.lease_until ? about.lease_until : new Date(now.getTime() + leaseMs).toISOString(),
  };
}

// Breaking the glass is no verdict of this kind; only what is needed is kept.
function plain(ruling: Extract<Ruling, { verdict: "approve" | "decline" }>): KeepableRuling {
  if (ruling.verdict === "approve") return { verdict: "approve", note: ruling.note };
  return { verdict: "decline", reason_code: ruling.reason_code, note: ruling.note };
}

/** Its time is over: it is not even sent. */
export function isOver({ until }: KeptVerdict, now: Date): boolean {
  return Date.parse(until) <= now.getTime();
}

export type Outcome =
  | { is: "given"; staged: Staged | undefined }
  | { is: "waiting" }
  | { is: "refused"; why: string };

const later = ["unreachable", "unauthenticated", "limited", "unavailable"];

/** What the server's answer says of it. That it is this person's word already means that an earlier try arrived. */
export function outcomeOf({ by, ruling }: KeptVerdict, answer: Answer<Staged>): Outcome {
  if (answer.ok) return { is: "given", staged: answer.data };
  const { code, message, extra } = answer.error;
  if (later.includes(code)) return { is: "waiting" };
  const mine = `user:${by}`;
  const isMine =
    extra?.["held_by"] === mine || (extra?.["resolved_by"] === mine && extra["verdict"] === ruling.verdict);
  return isMine ? { is: "given", staged: undefined } : { is: "refused", why: message };
}

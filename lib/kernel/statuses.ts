/**
 * Status words of later rooms that an earlier room's contract shows (a decision answers with its review's and its
 * execution's status). They stand on the floor so that no room imports a later one.
 */
export const reviewStatuses = ["open", "claimed", "snoozed", "resolved", "expired", "cancelled"] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];

export const verdicts = ["approve", "edit", "decline", "respond"] as const;
export type Verdict = (typeof verdicts)[number];

export const executionStatuses = [
  "pending",
  "in_flight",
  "succeeded",
  "failed",
  "unknown",
  "dead",
  "disputed",
  "cancelled",
] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];

/** Why a decision was wrong. */
export const causes = ["input", "context", "inference", "policy", "reviewer"] as const;
export type Cause = (typeof causes)[number];

import type { ExecutionStatus } from "@/lib/kernel/statuses";

export { executionStatuses, type ExecutionStatus } from "@/lib/kernel/statuses";

export const executionKinds = ["action", "compensate"] as const;
export type ExecutionKind = (typeof executionKinds)[number];

/** From → to. `in_flight → pending` only when nothing was sent. The database trigger holds the same pairs. */
export const executionTransitions: Record<ExecutionStatus, readonly ExecutionStatus[]> = {
  pending: ["in_flight", "cancelled"],
  in_flight: ["succeeded", "failed", "unknown", "pending"],
  unknown: ["succeeded", "failed", "in_flight", "dead"],
  dead: ["in_flight", "succeeded", "failed"],
  failed: ["disputed"],
  cancelled: ["disputed"],
  succeeded: ["disputed"],
  disputed: ["succeeded", "failed"],
};

export const attemptKinds = ["send", "lookup"] as const;
export const attemptOutcomes = [
  "intent",
  "succeeded",
  "refused",
  "not_sent",
  "ambiguous",
  "found",
  "absent",
  "stale",
] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

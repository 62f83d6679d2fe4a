import type { ExecutionStatus } from "@/lib/kernel/statuses";
import type { DecisionStatus } from "./schema";

const settled: readonly (ExecutionStatus | null)[] = [
  "succeeded",
  "failed",
  "cancelled",
  "dead",
  "disputed",
  null,
];

/**
 * True when nothing more will happen to a decision by itself: it ended without acting, or its action has settled.
 * `unknown` is not final: somebody or something is still finding out.
 */
export function isFinal(status: DecisionStatus, execution: ExecutionStatus | null): boolean {
  if (status === "in_review" || status === "awaiting_second") return false;
  return status === "approved" ? settled.includes(execution) : true;
}

import { z } from "zod";
import { DecisionView, type DecisionStatus } from "@/lib/decisions/schema";
import { endpoint } from "@/lib/kernel/endpoint";

import type { ExecutionStatus } from "@/lib/kernel/statuses";
import { ExecutionId } from "./schema";

const Reason = z.string().trim().min(1, "Say why; whoever approves it reads this").max(2000);

export const CompensateBody = z.strictObject({ reason: Reason });
export const CompensateExecution = CompensateBody.extend({ id: ExecutionId.shape.id });
export type CompensateExecution = z.output<typeof CompensateExecution>;

/** Whether an execution can be undone by a decision of its own, and if not why. */
export type CompensationOffer = {
  /** The name of the type that undoes it; null when its own type names none. */
  type: string | null;
  /** Why it cannot be proposed now; null when it can. */
  refusal: string | null;
  /** The try that stands, if there is one. */
  standing: { decision_id: string; status: DecisionStatus } | null;
  /** Tries that were sent and did nothing; another may follow them. */
  failed_tries: number;
};

/** One step of a chain of acts and their undoing, first the original. */
export type ChainStep = {
  decision_id: string;
  summary: string;
  status: DecisionStatus;
  at: string;
  by: string | null;
  execution: { id: string; status: ExecutionStatus; reference: string | null; error: string | null } | null;
  /** How many undoings lie before it: 0 for the original. */
  depth: number;
  /** Which try to undo the same act it is, and of how many: 1 and 1 for an original. */
  attempt: number;
  attempts: number;
};

export const compensateExecutionEndpoint = endpoint({
  id: "compensateExecution",
  method: "POST",
  path: "/api/v1/executions/{id}/compensate",
  tag: "Executions",
  summary: "Propose to undo an execution",
  description:
    "For people. Makes an ordinary decision of the type that undoes this one, which another person always reviews. At most one stands at a time, and only while the system is still as the execution left it. One that was declined, or that ended `failed` (nothing happened), makes room for another.",
  security: "key",
  params: ExecutionId,
  body: CompensateBody,
  response: DecisionView,
  status: 201,
  problems: {
    404: "There is no such execution",
    409: "It cannot be undone (not_compensable), somebody proposed it already (already_compensated), or its system changed since (state_changed)",
    422: "The type's template does not fit the other type's schema",
    503: "Its system cannot be read now (cannot_observe)",
  },
});

export const undoApprovalEndpoint = endpoint({
  id: "undoApproval",
  method: "POST",
  path: "/api/v1/decisions/{decision}/undo",
  tag: "Decisions",
  summary: "Undo an approval that is held",
  description: "Within the action's undo window, while nothing is sent. The decision is then cancelled.",
  security: "key",
  scope: "decisions:cancel",
  params: z.object({ decision: z.string().max(64) }),
  response: DecisionView,
  status: 200,
  problems: { 404: "There is no such decision", 409: "It is not held, or not any more (undo_window_over)" },
});

export const undoEndpoints = [compensateExecutionEndpoint, undoApprovalEndpoint] as const;

import { z } from "zod";
import { connectorClasses } from "@/lib/apps/schema";
import { endpoint } from "@/lib/kernel/endpoint";
import { AnyJson } from "@/lib/kernel/json";
import { cursorsOf, ListQuery, listOf } from "@/lib/kernel/list";
import { executionStatuses, type ExecutionStatus } from "@/lib/kernel/statuses";

export { executionStatuses, type ExecutionStatus } from "@/lib/kernel/statuses";

export const executionKinds = ["action", "compensate"] as const;
export type ExecutionKind = (typeof executionKinds)[number];

/**
 * From → to. `pending → dead` is what must not be sent at all; `in_flight → pending` only when nothing was sent. The
 * database trigger holds the same pairs.
 */
export const executionTransitions: Record<ExecutionStatus, readonly ExecutionStatus[]> = {
  pending: ["in_flight", "cancelled", "dead"],
  in_flight: ["succeeded", "failed", "unknown", "pending"],
  unknown: ["succeeded", "failed", "in_flight", "dead"],
  dead: ["in_flight", "succeeded", "failed"],
  failed: ["disputed"],
  cancelled: ["disputed"],
  succeeded: ["disputed"],
  disputed: ["succeeded", "failed"],
};

export const attemptKinds = ["send", "lookup", "observe", "callback", "resolution", "ledger"] as const;
export const attemptOutcomes = [
  "intent",
  "succeeded",
  "refused",
  "not_sent",
  "ambiguous",
  "found",
  "absent",
  "stale",
  "accepted",
  "unchanged",
  "changed",
  "resolved",
] as const;

export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** An execution as the API shows it. */
export const ExecutionView = z.object({
  id: z.string(),
  object: z.literal("execution"),
  decision_id: z.string(),
  app_id: z.string(),
  app: z.string(),
  type: z.string(),
  kind: z.enum(executionKinds),
  status: z.enum(executionStatuses),
  needs_person: z.boolean().describe("True when only a person can find out or decide what happens next"),
  summary: z.string().describe("What is carried out, in one sentence"),
  connector: z.object({ id: z.string(), name: z.string(), class: z.enum(connectorClasses) }).nullable(),
  action_key: z.string().describe("The one idempotency key the target ever sees for this act"),
  attempts: z.int().describe("Sends so far that may have reached the target"),
  max_attempts: z.int(),
  reference: z.string().nullable().describe("The target's own name for what happened"),
  error: z.string().nullable(),
  next_at: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
  settled_at: z.string().nullable(),
});
export type ExecutionView = z.output<typeof ExecutionView>;

export const AttemptView = z.object({
  id: z.string(),
  object: z.literal("attempt"),
  kind: z.enum(attemptKinds),
  outcome: z.enum(attemptOutcomes),
  fence: z.int(),
  worker: z.string(),
  request: AnyJson.nullable().describe("As sent; the credential is masked"),
  response_status: z.int().nullable(),
  response_body: z.string().nullable(),
  error: z.string().nullable(),
  started_at: z.string(),
  ended_at: z.string().nullable(),
});
export type AttemptView = z.output<typeof AttemptView>;

const DeskOffer = z.object({
  refusal: z
    .object({ code: z.string(), sentence: z.string() })
    .nullable()
    .describe("Null when it is offered"),
});
const warning = z.string().nullable().describe("What to know before sending it again");

export const ExecutionDetail = ExecutionView.extend({
  arguments: z.record(z.string(), AnyJson),
  digest: z.object({
    signed: z.string().describe("SHA-256 of what the approval signed"),
    recomputed: z
      .string()
      .nullable()
      .describe("SHA-256 of what is stored now; the same unless something was changed"),
  }),
  fence: z.int(),
  result: AnyJson.nullable(),
  can_look_up: z.boolean(),
  desk: z
    .object({
      look_up: DeskOffer,
      resolve: DeskOffer,
      retry: DeskOffer.extend({ warning, is_blind: z.boolean() }),
    })
    .describe("What the caller may do about it on the reconcile desk"),
  retry_asked_by: z.string().nullable().describe("Who asked for another send that no worker has taken yet"),
  review_id: z.string().nullable(),
  first_sent_at: z.string().nullable(),
  held_until: z.string().nullable().describe("The end of the undo window; nothing is sent before"),
  lease_until: z.string().nullable(),
  attempt_log: z.array(AttemptView),
});
export type ExecutionDetail = z.output<typeof ExecutionDetail>;

export const ExecutionFilter = ListQuery.extend({
  ...cursorsOf("exe"),
  status: z.enum(executionStatuses).optional(),
  attention: z.enum(["true"]).optional().describe("Only what a person should look at"),
  decision_id: z.string().max(64).optional(),
});
export type ExecutionFilter = z.output<typeof ExecutionFilter>;

export const ExecutionId = z.object({ id: z.string().min(1).max(64) });

export const LookUpExecution = z.strictObject({ executionId: z.string().min(1).max(64) });

/** What a look-up found, and what that made of the execution. */
export type LookUpReport = {
  outcome: "found" | "absent" | "ambiguous";
  status: ExecutionStatus;
  sentence: string;
};

export const listExecutionsEndpoint = endpoint({
  id: "listExecutions",
  method: "GET",
  path: "/api/v1/executions",
  tag: "Executions",
  summary: "List executions",
  description:
    "Newest first. An execution is the act on an enterprise system that an approved decision brings about.",
  security: "key",
  scope: "decisions:read",
  query: ExecutionFilter,
  response: listOf(ExecutionView),
  status: 200,
});

export const getExecutionEndpoint = endpoint({
  id: "getExecution",
  method: "GET",
  path: "/api/v1/executions/{id}",
  tag: "Executions",
  summary: "Get an execution with its attempts",
  security: "key",
  scope: "decisions:read",
  params: ExecutionId,
  response: ExecutionDetail,
  status: 200,
  problems: { 404: "not_found" },
});

export const executionEndpoints = [listExecutionsEndpoint, getExecutionEndpoint] as const;

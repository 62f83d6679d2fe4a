import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { executionStatuses, ExecutionId, ExecutionView } from "./schema";

/** The reconcile desk: executions whose fate only a person can settle, by what is the matter with them. */
export const deskTabs = ["unanswered", "stopped", "disputed"] as const;
export type DeskTab = (typeof deskTabs)[number];

/** The most that a tab counts; more reads as "1000+". */
export const mostCounted = 1000;
export type DeskCounts = Record<DeskTab, number>;

const Note = z.string().trim().min(1, "Say how you know; it is kept with the execution").max(2000);
const Reference = z.string().trim().min(1).max(255);
const Reason = z.string().trim().min(1, "Say why; it is kept in the journal").max(1000);

export const ResolveBody = z.strictObject({
  status: z
    .enum(["succeeded", "failed"])
    .describe("What happened. `failed` means that nothing happened, and nothing will."),
  reference: Reference.nullable()
    .default(null)
    .describe("The target's own name for what happened, if it has one"),
  note: Note.describe("How you know: what you looked at, whom you asked"),
});
export const ResolveExecution = ResolveBody.extend({ id: ExecutionId.shape.id });
export type ResolveExecution = z.output<typeof ResolveExecution>;

export const RetryBody = z.strictObject({
  reason: Reason,
  without_lookup: z
    .boolean()
    .default(false)
    .describe("Class B: send it although nobody has looked whether it happened"),
});
export const RetryExecution = RetryBody.extend({ id: ExecutionId.shape.id });
export type RetryExecution = z.output<typeof RetryExecution>;

export const LookUpView = z.object({
  object: z.literal("lookup"),
  execution_id: z.string(),
  outcome: z.enum(["found", "absent", "ambiguous"]),
  status: z.enum(executionStatuses).describe("What the execution is now"),
  sentence: z.string(),
});

export const DeskFilter = ListQuery.omit({ ending_before: true }).extend({ tab: z.enum(deskTabs) });
export type DeskFilter = z.output<typeof DeskFilter>;

const shared = { tag: "Executions", security: "key", params: ExecutionId, status: 200 } as const;

export const lookUpExecutionEndpoint = endpoint({
  ...shared,
  id: "lookUpExecution",
  method: "POST",
  path: "/api/v1/executions/{id}/lookup",
  summary: "Ask the system whether an execution took effect",
  description: "For reviewers and admins: one GET to the target, by our key. Nothing is sent again.",
  response: LookUpView,
  problems: { 404: "not_found", 409: "conflict" },
});

export const resolveExecutionEndpoint = endpoint({
  ...shared,
  id: "resolveExecution",
  method: "POST",
  path: "/api/v1/executions/{id}/resolve",
  summary: "Settle what became of an execution, with evidence",
  description:
    "For reviewers and admins, never for whoever approved the decision. From `unknown`, `dead` and `disputed`.",
  body: ResolveBody,
  response: ExecutionView,
  problems: { 403: "own_approval", 404: "not_found", 409: "conflict" },
});

export const retryExecutionEndpoint = endpoint({
  ...shared,
  id: "retryExecution",
  method: "POST",
  path: "/api/v1/executions/{id}/retry",
  summary: "Have an execution sent once more, under the same key",
  description:
    "For reviewers and admins, never for whoever approved the decision. The same bytes under the same action key, from `dead`, or from `unknown` once a person is needed.",
  body: RetryBody,
  response: ExecutionView,
  problems: { 403: "own_approval", 404: "not_found", 409: "lookup_first" },
});

export const listDeskEndpoint = endpoint({
  tag: "Executions",
  security: "key",
  id: "listDesk",
  method: "GET",
  path: "/api/v1/executions/desk",
  summary: "List what waits on the reconcile desk",
  description: "Oldest first: executions whose fate only a person can settle.",
  query: DeskFilter,
  response: listOf(ExecutionView),
  status: 200,
});

export const deskEndpoints = [
  listDeskEndpoint,
  lookUpExecutionEndpoint,
  resolveExecutionEndpoint,
  retryExecutionEndpoint,
] as const;

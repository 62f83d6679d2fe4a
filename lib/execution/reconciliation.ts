import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";

/** How our record and a target's ledger can differ. */
export const findingKinds = [
  "missing_there",
  "not_done_here",
  "found_there",
  "doubled",
  "amount_differs",
  "unknown_key",
  "unsent",
  "open",
  "settled_by_person",
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** What each kind of finding means. */
export const findingWords: Record<FindingKind, string> = {
  missing_there: "Ours says done, theirs has nothing of it",
  not_done_here: "Theirs has it, ours says that nothing happened",
  found_there: "It was open here, and theirs has it: now succeeded",
  doubled: "Theirs has it more than once",
  amount_differs: "The amounts differ",
  unknown_key: "Theirs bears a key that is none of ours",
  unsent: "Theirs has it, and we never sent it",
  open: "Still open here, and theirs has nothing of it",
  settled_by_person: "They differ, and a person has settled it",
};

export const Finding = z.object({
  kind: z.enum(findingKinds),
  key: z.string(),
  execution_id: z.string().nullable(),
  reference: z.string().nullable(),
  sentence: z.string(),
});
export type Finding = z.output<typeof Finding>;

/** What a comparison found; as stored. */
export const Findings = z.object({
  /** Our executions of that time that say done, and the ledger's entries that bear a key. */
  ours: z.int(),
  theirs: z.int(),
  /** Entries without a key: somebody else's, and none of our business. */
  foreign: z.int(),
  counts: z.partialRecord(z.enum(findingKinds), z.int()),
  items: z.array(Finding),
});
export type Findings = z.output<typeof Findings>;

/** The most findings kept of one comparison; all of them are counted. */
export const mostFindings = 1000;
/** The longest stretch of time compared at once, milliseconds. */
export const longestStretchMs = 31 * 86_400_000;

export const ReconciliationView = z.object({
  id: z.string(),
  object: z.literal("reconciliation"),
  connector: z.object({ id: z.string(), name: z.string() }),
  from: z.string(),
  to: z.string(),
  status: z.enum(["running", "done", "failed"]),
  matched: z.int().describe("Entries that both sides have alike"),
  findings: Findings,
  error: z.string().nullable(),
  requested_by: z.string(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
});
export type ReconciliationView = z.output<typeof ReconciliationView>;

const Moment = z.iso.datetime({ offset: true });
export const StartReconciliation = z.strictObject({
  connector: z.string().min(1).max(100).describe("Id or key of the connector"),
  from: Moment.optional().describe("By default a day before `to`; at most 31 days"),
  to: Moment.optional().describe("By default now"),
});
export type StartReconciliation = z.output<typeof StartReconciliation>;

export const ReconciliationFilter = ListQuery.omit({ ending_before: true }).extend({
  connector_id: z.string().max(64).optional(),
});
export type ReconciliationFilter = z.output<typeof ReconciliationFilter>;

const shared = { tag: "Reconciliations", security: "key" } as const;

export const startReconciliationEndpoint = endpoint({
  ...shared,
  id: "startReconciliation",
  method: "POST",
  path: "/api/v1/reconciliations",
  summary: "Compare our record with a system's ledger, now",
  description:
    "For reviewers and admins; a worker does it, and every night by itself. What contradicts becomes disputed; nothing is ever flipped.",
  body: StartReconciliation,
  response: ReconciliationView,
  status: 202,
  problems: { 404: "not_found", 409: "no_ledger", 422: "validation_failed" },
});
export const listReconciliationsEndpoint = endpoint({
  ...shared,
  id: "listReconciliations",
  method: "GET",
  path: "/api/v1/reconciliations",
  summary: "List comparisons with systems' ledgers",
  query: ReconciliationFilter,
  response: listOf(ReconciliationView),
  status: 200,
});
export const getReconciliationEndpoint = endpoint({
  ...shared,
  id: "getReconciliation",
  method: "GET",
  path: "/api/v1/reconciliations/{id}",
  summary: "Get a comparison with its findings",
  params: z.object({ id: z.string().min(1).max(64) }),
  response: ReconciliationView,
  status: 200,
  problems: { 404: "not_found" },
});

export const reconciliationEndpoints = [
  startReconciliationEndpoint,
  listReconciliationsEndpoint,
  getReconciliationEndpoint,
] as const;

import { z } from "zod";
import { DecisionView, Submission, decisionStatuses, Reason, routes } from "@/lib/decisions/schema";
import { autonomyLevels } from "@/lib/apps/schema";
import { endpoint } from "@/lib/kernel/endpoint";
import { severities } from "@/lib/reviews/schema";

const idempotencyHeader = {
  name: "Idempotency-Key",
  description:
    "1 to 255 printable ASCII characters. Repeating it with the same body answers with the same decision. Required in live mode unless external_id is given.",
} as const;

export const submitDecisionEndpoint = endpoint({
  id: "submitDecision",
  method: "POST",
  path: "/api/v1/decisions",
  tag: "Decisions",
  summary: "Submit a decision",
  description:
    "Stores the decision, routes it and answers with its route. The answer follows the commit. With `Prefer: wait=30` the answer waits for a final state, at most that many seconds.",
  security: "key",
  scope: "decisions:write",
  headers: [
    idempotencyHeader,
    {
      name: "Prefer",
      description: "wait=N: answer when the decision is final, after N seconds (60 at most) at the latest",
    },
  ],
  body: Submission,
  response: DecisionView,
  status: 201,
  problems: {
    400: "The body is not JSON",
    413: "The body is over 256 KB",
    415: "The content type is not JSON",
    422: "A field is wrong, the type is unknown, a schema is violated, or the key was used with another body",
    503: "Too much is waiting; nothing was stored",
  },
});

export const maxBatch = 1000;

/** The answer to one item of a batch: the decision in short, or the problem that kept it out. */
export const BatchItem = z.object({
  index: z.int(),
  status: z.int(),
  replayed: z.boolean(),
  decision: z
    .object({
      id: z.string(),
      object: z.literal("decision"),
      external_id: z.string().nullable(),
      type: z.string(),
      status: z.enum(decisionStatuses),
      route: z.object({ outcome: z.enum(routes), reasons: z.array(Reason) }),
    })
    .nullable(),
  error: z
    .object({
      type: z.string(),
      title: z.string(),
      status: z.int(),
      detail: z.string(),
      code: z.string(),
      errors: z.array(
        z.object({ pointer: z.string(), code: z.string(), message: z.string(), fix: z.string().optional() }),
      ),
    })
    .nullable(),
});
export type BatchItem = z.output<typeof BatchItem>;

const BatchItems = z
  .array(
    Submission.extend({
      idempotency_key: z
        .string()
        .regex(/^[\x21-\x7e][\x20-\x7e]{0,254}$/, "1 to 255 printable ASCII characters")
        .optional(),
    }),
  )
  .max(maxBatch);

export const submitBatchEndpoint = endpoint({
  id: "submitDecisionBatch",
  method: "POST",
  path: "/api/v1/decisions/batch",
  tag: "Decisions",
  summary: "Submit up to 1,000 decisions",
  description:
    'JSON `{ "decisions": [ … ] }`, a JSON array, or NDJSON (application/x-ndjson), one decision a line. Each item stands alone: a bad one is answered with its problem and keeps no other out. Items are keyed by `external_id` or `idempotency_key`; after an answer of 5xx some of them may be stored, and the same batch sent again meets those by their keys.',
  security: "key",
  scope: "decisions:write",
  requestTypes: ["application/json", "application/x-ndjson"],
  body: z.union([z.object({ decisions: BatchItems }), BatchItems]),
  response: z.object({ object: z.literal("batch"), data: z.array(BatchItem) }),
  status: 200,
  problems: {
    400: "The body is not JSON",
    413: "The body is over 16 MB or has over 1,000 items",
    415: "Neither JSON nor NDJSON",
  },
});

/** What the router would do, with nothing stored. */
export const Evaluation = z.object({
  object: z.literal("evaluation"),
  route: z.object({
    outcome: z.enum(routes),
    level: z.enum(autonomyLevels),
    threshold: z.number().nullable(),
    reasons: z.array(Reason),
    audit_probability: z.number(),
  }),
  review: z
    .object({
      queue: z.object({ id: z.string(), name: z.string() }),
      severity: z.enum(severities),
      sla_minutes: z.int(),
    })
    .nullable()
    .describe("Where a person would be asked, and how soon; null: nobody would be"),
});

export const evaluateDecisionEndpoint = endpoint({
  id: "evaluateDecision",
  method: "POST",
  path: "/api/v1/decisions/evaluate",
  tag: "Decisions",
  summary: "Say where a decision would go",
  description: "Validates and routes like a submission; nothing is stored and nothing is drawn.",
  security: "key",
  scope: "decisions:write",
  body: Submission,
  response: Evaluation,
  status: 200,
  problems: { 422: "A field is wrong, the type is unknown, or a schema is violated" },
});

export const cancelDecisionEndpoint = endpoint({
  id: "cancelDecision",
  method: "POST",
  path: "/api/v1/decisions/{decision}/cancel",
  tag: "Decisions",
  summary: "Cancel a decision",
  description: "Possible until its action is claimed by a worker; cancelling twice answers the same.",
  security: "key",
  scope: "decisions:cancel",
  params: z.object({ decision: z.string().max(64) }),
  response: DecisionView,
  status: 200,
  problems: { 404: "There is no such decision", 409: "It was decided, or its action was already claimed" },
});

export const intakeEndpoints = [
  submitDecisionEndpoint,
  submitBatchEndpoint,
  evaluateDecisionEndpoint,
  cancelDecisionEndpoint,
];

import { z } from "zod";
import { autonomyLevels } from "@/lib/apps/schema";
import { AnyJson } from "@/lib/kernel/json";
import { cursorsOf, ListQuery } from "@/lib/kernel/list";
import { Money } from "@/lib/kernel/money";
import { Instant } from "@/lib/kernel/rfc3339";
import { executionStatuses, reviewStatuses, verdicts } from "@/lib/kernel/statuses";
import { routes } from "./routes";

export { routes, type Route } from "./routes";

export const decisionStatuses = [
  "in_review",
  "awaiting_second",
  "approved",
  "declined",
  "expired",
  "cancelled",
  "superseded",
  "recorded",
] as const;
export type DecisionStatus = (typeof decisionStatuses)[number];

/** From → to: the whole lifecycle. The same pairs stand in the database trigger; a test compares the two. */
export const decisionTransitions: Record<DecisionStatus, readonly DecisionStatus[]> = {
  in_review: ["approved", "declined", "expired", "cancelled", "superseded", "awaiting_second"],
  awaiting_second: ["approved", "declined", "in_review", "expired", "cancelled"],
  // Back to review only while nothing was sent: what the approval rested on no longer holds.
  approved: ["cancelled", "in_review"],
  declined: [],
  expired: [],
  cancelled: [],
  superseded: [],
  recorded: [],
};

/** What the model proposes: to act (positive) or to leave things as they are (negative). */
export const predictions = ["positive", "negative"] as const;
export type Prediction = (typeof predictions)[number];

/** Was acting right? The ground truth in the same two words. */
export const truths = ["positive", "negative"] as const;
export type Truth = (typeof truths)[number];

/** Where a label came from, weakest first: ground truth outranks an auditor, who outranks a reviewer. */
export const labelSources = ["review", "audit", "outcome"] as const;
export type LabelSource = (typeof labelSources)[number];

/** Why the router sent a decision where it did; every reason that held is kept, the first decided. `queue`: where it waits. */
export const reasonKinds = [
  "stop",
  "level",
  "contract",
  "policy",
  "finding",
  "cap",
  "confidence",
  "threshold",
  "queue",
] as const;
export const Reason = z.object({
  kind: z.enum(reasonKinds),
  code: z.string(),
  message: z.string(),
  detail: z.record(z.string(), AnyJson).optional(),
});
export type Reason = z.output<typeof Reason>;

export const Model = z.strictObject({
  provider: z.string().max(100).optional(),
  name: z.string().max(200),
  response_id: z.string().max(200).optional(),
  input_tokens: z.int().min(0).optional(),
  output_tokens: z.int().min(0).optional(),
  latency_ms: z.int().min(0).optional(),
});
export type Model = z.output<typeof Model>;

const WebAddress = z.url({ protocol: /^https?$/ }).max(2000);
export const ContextItem = z.strictObject({
  id: z.string().max(100),
  kind: z.string().max(100).optional(),
  title: z.string().max(500).optional(),
  data: AnyJson.optional(),
  text: z.string().max(100_000).optional(),
  source: z.string().max(500).optional(),
  url: WebAddress.optional().describe("Where a person can look at it; shown with its host, never fetched"),
  fetched_at: Instant.optional(),
});
export type ContextItem = z.output<typeof ContextItem>;

/** What a rationale rests on: an item of the context, and the words of it that it quotes. */
export const Citation = z.strictObject({
  context_id: z.string().max(100),
  quote: z.string().min(1).max(5000).optional(),
});
export type Citation = z.output<typeof Citation>;

const Confidence = z
  .number("a number from 0 to 1, not a string")
  .min(0, "must be from 0 to 1")
  .max(1, "must be from 0 to 1");

/** What an app submits. `input` and `proposal.arguments` are checked against the decision type's own schemas. */
export const Submission = z.strictObject({
  type: z.string().min(1).max(100).describe("Key of a decision type, such as refund.issue"),
  app: z.string().max(100).optional().describe("Key or id of the app; the API key already says it"),
  external_id: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe("Your own name for this decision, unique per app"),
  subject: z
    .strictObject({
      type: z.string().min(1).max(100),
      id: z.string().min(1).max(255),
      url: WebAddress.optional().describe(
        "Where a person can look at it; shown with its host, never fetched",
      ),
    })
    .optional(),
  input: AnyJson,
  context: z.array(ContextItem).max(100).optional(),
  proposal: z.strictObject({
    action: z.string().max(200).optional().describe("Defaults to the type's own action"),
    arguments: z.record(z.string(), AnyJson).default({}),
    predicted: z
      .enum(predictions)
      .default("positive")
      .describe("positive: the model proposes to act; negative: it proposes to leave things as they are"),
  }),
  rationale: z
    .union([
      z.string().max(50_000),
      z.strictObject({ text: z.string().max(50_000), citations: z.array(Citation).max(100).optional() }),
    ])
    .optional(),
  confidence: z
    .union([Confidence, z.strictObject({ raw: Confidence })])
    .nullish()
    .describe("The app's own confidence in its proposal, 0 to 1; without one a person decides"),
  model: Model.optional(),
  prompt_version: z.string().max(200).optional(),
  expires_at: Instant.optional().describe(
    "Nothing is done after this: undecided it expires, and what was approved by then is not sent. One that has passed is refused",
  ),
  metadata: z
    .record(z.string().max(40), z.string().max(500))
    .refine((value) => Object.keys(value).length <= 50, "at most 50 keys")
    .optional(),
});
export type Submission = z.output<typeof Submission>;

/** Whom or what a decision is about, as its app named it. */
export const NamedSubject = z.object({
  type: z.string(),
  id: z.string(),
  url: z.string().nullable().describe("Where a person can look at it"),
});

/** A decision as the API shows it. */
export const DecisionView = z.object({
  id: z.string(),
  object: z.literal("decision"),
  livemode: z.boolean(),
  app_id: z.string(),
  app: z.string(),
  type: z.string(),
  external_id: z.string().nullable(),
  subject: NamedSubject.nullable(),
  input: AnyJson,
  context: z.array(ContextItem).nullable(),
  proposal: z.object({
    action: z.string().nullable(),
    arguments: z.record(z.string(), AnyJson),
    predicted: z.enum(predictions),
    summary: z.string(),
    amount: Money.nullable(),
  }),
  edited_arguments: z.record(z.string(), AnyJson).nullable().describe("As a person changed them"),
  rationale: z.object({ text: z.string(), citations: z.array(Citation) }).nullable(),
  confidence: z
    .object({
      raw: z.number(),
      calibrated: z
        .number()
        .optional()
        .describe(
          "The probability of being right that the raw one meant when the decision came in; left out: no map was",
        ),
      map: z
        .object({ id: z.string(), number: z.int(), kind: z.string(), labels: z.int() })
        .optional()
        .describe("The calibration map that says so, and how many labels it was fitted on"),
    })
    .nullable(),
  model: Model.nullable(),
  prompt_version: z.string().nullable(),
  status: z.enum(decisionStatuses),
  route: z.object({
    outcome: z.enum(routes),
    level: z.enum(autonomyLevels),
    threshold: z.number().nullable(),
    reasons: z.array(Reason),
  }),
  review: z
    .object({
      id: z.string(),
      status: z.enum(reviewStatuses),
      due_at: z.string().nullable(),
      verdict: z.enum(verdicts).nullable(),
      reason_code: z.string().nullable(),
      note: z.string().nullable(),
    })
    .nullable(),
  response: z
    .string()
    .nullable()
    .describe("What a reviewer answered in place of the action; the decision is declined then"),
  execution: z
    .object({
      id: z.string(),
      status: z.enum(executionStatuses),
      attempts: z.int(),
      reference: z.string().nullable(),
      error: z.string().nullable(),
      held_until: z
        .string()
        .nullable()
        .optional()
        .describe("The end of the undo window; nothing is sent before"),
    })
    .nullable(),
  outcome: z.object({ truth: z.enum(truths) }).nullable(),
  decided_by: z.string().nullable(),
  decided_at: z.string().nullable(),
  expires_at: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  created_at: z.string(),
  updated_at: z.string(),
});
export type DecisionView = z.output<typeof DecisionView>;

/** Filters of the decisions list; pages are keyset, newest first. */
export const DecisionFilter = ListQuery.extend({
  ...cursorsOf("dec"),
  app: z.string().max(100).optional(),
  type: z.string().max(100).optional(),
  status: z.enum(decisionStatuses).optional(),
  route: z.enum(routes).optional(),
  external_id: z.string().max(255).optional(),
  subject_type: z.string().max(100).optional(),
  subject_id: z.string().max(255).optional(),
  prompt_version: z.string().max(200).optional(),
  "created_at[gte]": Instant.optional(),
  "created_at[lt]": Instant.optional(),
});
export type DecisionFilter = z.output<typeof DecisionFilter>;

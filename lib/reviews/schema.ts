import { z } from "zod";
import { autonomyLevels, reversibilities } from "@/lib/apps/schema";
import {
  Citation,
  ContextItem,
  decisionStatuses,
  Model,
  NamedSubject,
  predictions,
  Reason,
  routes,
} from "@/lib/decisions/schema";
import { AnyJson } from "@/lib/kernel/json";
import { ListQuery } from "@/lib/kernel/list";
import { Money } from "@/lib/kernel/money";
import { reviewStatuses, verdicts } from "@/lib/kernel/statuses";
import { ApprovalState } from "./approvals";
import { Calibrated } from "./calibrated";
import { longestSnooze } from "./limits";

export { reviewStatuses, verdicts } from "@/lib/kernel/statuses";

export const reviewKinds = ["approval", "second", "appeal", "reconcile", "discrepancy"] as const;
export type ReviewKind = (typeof reviewKinds)[number];

/**
 * Parts of the inbox. `available`: unclaimed or held by the caller, which is what a reviewer walks through;
 * `open`: everything that waits for a verdict, whoever holds it.
 */
export const reviewTabs = ["unclaimed", "mine", "snoozed", "resolved", "available", "open"] as const;
export type ReviewTab = (typeof reviewTabs)[number];

export const severities = ["low", "medium", "high"] as const;
export type Severity = (typeof severities)[number];

/** Why an approved decision came back before anything was sent, and what differs from what was approved. */
export const Returned = z.object({
  code: z.enum(["changed", "over_budget", "lapsed", "stepped_down"]),
  message: z.string(),
  changes: z.array(z.object({ pointer: z.string(), before: AnyJson, after: AnyJson })),
  execution_id: z.string(),
});
export type Returned = z.output<typeof Returned>;

const Note = z.string().trim().min(1).max(5000);

/** A verdict as it is given. What an edit may contain and which reasons exist is the decision type's to say. */
export const Ruling = z.discriminatedUnion("verdict", [
  z.strictObject({
    verdict: z.literal("approve"),
    note: Note.optional(),
    break_glass: z
      .string()
      .trim()
      .min(10)
      .max(2000)
      .optional()
      .describe(
        "Why the approvals its rule asks for cannot be had: a lead of the queue approves alone, at once",
      ),
  }),
  z.strictObject({
    verdict: z.literal("edit"),
    arguments: z.record(z.string(), AnyJson),
    note: Note.optional(),
  }),
  z.strictObject({
    verdict: z.literal("decline"),
    reason_code: z.string().min(1).max(200).optional(),
    note: Note.optional(),
  }),
  z.strictObject({ verdict: z.literal("respond"), note: Note }),
]);
export type Ruling = z.output<typeof Ruling>;

const Person = z.object({ id: z.string(), name: z.string() });

/** A review as lists show it. */
export const ReviewSummary = z.object({
  id: z.string(),
  object: z.literal("review"),
  decision_id: z.string(),
  kind: z.enum(reviewKinds),
  status: z.enum(reviewStatuses).describe("As it is now: a lease or a snooze that is over reads `open`"),
  app: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  type: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  queue: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  subject: NamedSubject.nullable(),
  summary: z.string().describe("What approving would do, in a sentence drawn from validated arguments"),
  amount: Money.nullable(),
  severity: z.enum(severities),
  deliberate: z.boolean().describe("Irreversible or above the amount cap: approving takes a second key"),
  reversibility: z.enum(reversibilities),
  blind: z
    .boolean()
    .describe(
      "The model's side is left out until somebody has answered: what it predicts, how sure, and why",
    ),
  predicted: z.enum(predictions).nullable().describe("Null while it is blind"),
  confidence: z.number().nullable(),
  reasons: z.array(Reason),
  opened_at: z.string(),
  due_at: z.string(),
  overdue: z.boolean(),
  escalation_level: z.int(),
  held_by: Person.nullable(),
  assigned_to: Person.nullable().describe("Whom it is kept for: it came back to the one who approved it"),
  returned: Returned.nullable().describe("Why it came back after an approval, before anything was sent"),
  lease_until: z.string().nullable(),
  snoozed_until: z.string().nullable(),
  staged: z
    .object({ verdict: z.enum(verdicts), by: Person, effective_at: z.string() })
    .nullable()
    .describe("A verdict given on screen that can still be taken back"),
  verdict: z.enum(verdicts).nullable(),
  reason_code: z.string().nullable(),
  note: z.string().nullable(),
  resolved_by: Person.nullable(),
  resolved_at: z.string().nullable(),
});
export type ReviewSummary = z.output<typeof ReviewSummary>;

/** A review with everything one needs to rule. */
export const ReviewView = ReviewSummary.extend({
  decision: z.object({
    status: z.enum(decisionStatuses),
    livemode: z.boolean(),
    external_id: z.string().nullable(),
    input: AnyJson,
    context: z.array(ContextItem).nullable(),
    arguments: z.record(z.string(), AnyJson),
    edited_arguments: z.record(z.string(), AnyJson).nullable(),
    rationale: z.string().nullable(),
    citations: z.array(Citation).describe("What the rationale says it rests on"),
    model: Model.nullable(),
    prompt_version: z.string().nullable(),
    expires_at: z.string().nullable(),
    decided_by: z.string().nullable(),
  }),
  proposer: Person.nullable().describe("The person who proposed it, and so may not approve it"),
  undoes: z
    .object({ execution_id: z.string(), decision_id: z.string() })
    .nullable()
    .describe("What approving this would undo"),
  undone_by: z.string().nullable().describe("The decision type whose action makes it good"),
  calibrated: Calibrated.nullable().describe(
    "How often claims like this one were right; null without a claim",
  ),
  observed: z
    .object({
      at: z.string(),
      values: z.record(z.string(), AnyJson),
      money: z
        .array(z.string())
        .describe("The pointers whose values are minor units of the decision's own currency"),
    })
    .nullable()
    .describe("The state of what this would change, as its system last told it, by pointer"),
  route: z.object({
    outcome: z.enum(routes),
    level: z.enum(autonomyLevels),
    threshold: z.number().nullable(),
    amount_cap: Money.nullable(),
  }),
  action: z.object({ name: z.string(), connector: z.string() }).nullable(),
  arguments_schema: z.record(z.string(), AnyJson),
  amount_pointer: z.string().nullable(),
  decline_reasons: z.array(z.string()),
  verdicts: z.array(z.enum(verdicts)).describe("What its queue lets one answer"),
  approvals: ApprovalState,
  undo_seconds: z.int(),
  lease_seconds: z.int(),
  not_before: z
    .string()
    .nullable()
    .describe("Whoever holds it may rule from then on: the queue asks for a look of a length at this amount"),
  stop: z.object({ scope: z.enum(["global", "app"]), reason: z.string().nullable() }).nullable(),
  history: z.array(
    z.object({
      type: z.string(),
      at: z.string(),
      by: z.string().nullable(),
      note: z.string(),
      data: z.record(z.string(), AnyJson).describe("What changed, as the event tells it"),
    }),
  ),
});
export type ReviewView = z.output<typeof ReviewView>;

/** What a verdict did. */
export const VerdictView = z.object({
  id: z.string(),
  object: z.literal("review"),
  status: z.literal("resolved"),
  verdict: z.enum(verdicts),
  decision_id: z.string(),
  decision_status: z.enum(decisionStatuses),
  execution_id: z.string().nullable(),
  next_review_id: z.string().nullable().describe("What opened for others, where more approvals are needed"),
});
export type VerdictView = z.output<typeof VerdictView>;

export const ReviewFilter = z.object({
  app: z.string().max(100).optional().describe("Key or id of an app"),
  type: z.string().max(100).optional().describe("Key or id of a decision type"),
  queue: z.string().max(100).optional().describe("Key or id of a queue"),
});
export type ReviewFilter = z.output<typeof ReviewFilter>;

export const ReviewListQuery = ListQuery.extend(ReviewFilter.shape).extend({
  tab: z.enum(reviewTabs).default("open"),
});
export type ReviewListQuery = z.output<typeof ReviewListQuery>;

export const ClaimNext = ReviewFilter.extend({
  exclude: z.array(z.string().max(64)).max(200).default([]).describe("Reviews not to be offered again"),
});
export type ClaimNext = z.output<typeof ClaimNext>;

export const Snooze = z.strictObject({ minutes: z.int().min(1).max(longestSnooze).default(60) });

export const ReviewId = z.object({ reviewId: z.string().max(64) });
/** A verdict on screen. `kept`: it was given without a connection and is sent now; `held` says that its reviewer held it. */
export const StageVerdict = ReviewId.extend({
  ruling: Ruling,
  kept: z.strictObject({ held: z.boolean() }).optional(),
});
export type StageVerdict = z.output<typeof StageVerdict>;
export const SnoozeReview = ReviewId.extend({ minutes: z.int().min(1).max(longestSnooze) });

import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { reviewKinds, reviewStatuses, severities, verdicts, type Returned } from "@/lib/reviews/schema";
import type { ApprovalRuleSnapshot, ApprovalStage } from "@/lib/reviews/approval-rules";
import type { JsonObject } from "@/lib/kernel/json";
import { bornAt, id, minorUnits, moment, oneOf } from "./columns";

export const reviews = pgTable(
  "reviews",
  {
    id: id(),
    orgId: text().notNull(),
    /** Written by the statement that writes the decision; neither it nor a queue is ever deleted (a trigger). */
    decisionId: text().notNull(),
    queueId: text().notNull(),
    /** The decision's own app and type, repeated: filters of a long queue read no other table. */
    appId: text().notNull(),
    typeId: text().notNull(),
    kind: text({ enum: reviewKinds }).notNull().default("approval"),
    status: text({ enum: reviewStatuses }).notNull().default("open"),
    version: integer().notNull().default(1),
    /** Never null, so that the queue's order is one index; intake sets it from the autonomy's SLA. */
    dueAt: moment()
      .notNull()
      .default(sql`now() + interval '4 hours'`),
    /** The clock ran out and its on-timeout was applied for the last time: it never acts here again. */
    timedOutAt: moment(),
    escalationLevel: integer().notNull().default(0),
    /** How much is at stake, as it was when the review opened; null: from before it was kept. */
    severity: text({ enum: severities }),
    /** Minor units a wrong answer may cost, times its chance; null where the queue does not order by it. */
    expectedLoss: doublePrecision(),
    /** Half of its time was gone and somebody was told. */
    warnedAt: moment(),
    /** Which stage of its approval rule this is, and how many approvals the stage needs. */
    stage: integer().notNull().default(1),
    approvalsNeeded: integer().notNull().default(1),
    /** The rule that asks for them, as it was when the review opened; null: one approval of any reviewer. */
    approvalRule: jsonb().$type<ApprovalRuleSnapshot>(),
    /** People who may not rule on it, besides what the rule of four eyes says (`user:<id>`). */
    excluded: jsonb().$type<string[]>(),
    /** The model's side is hidden until the reviewer has answered. */
    blind: boolean().notNull().default(false),
    /** People are named as in the journal: `user:<id>`; `resolvedBy` may also be a timer. */
    claimedBy: text(),
    /** Whom it is kept for: it came back to the person who approved it before. */
    assignedTo: text(),
    /** Why it came back after an approval, with the fields that differ. */
    returned: jsonb().$type<Returned>(),
    claimedAt: moment(),
    leaseUntil: moment(),
    snoozedUntil: moment(),

    /** Given, and taking effect at `effectiveAt` unless taken back; the server owns the timer. */
    stagedVerdict: text({ enum: verdicts }),
    stagedBy: text(),
    stagedAt: moment(),
    effectiveAt: moment(),

    verdict: text({ enum: verdicts }),
    editedArguments: jsonb().$type<JsonObject>(),
    reasonCode: text(),
    note: text(),
    resolvedBy: text(),
    /** When it was closed, in whatever way. */
    resolvedAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("reviews_one_live_per_decision")
      .on(t.decisionId, t.kind)
      .where(sql`status in ('open', 'claimed', 'snoozed')`),
    // Partial: the open queue stays small however long the history grows.
    index("reviews_open_idx")
      .on(t.orgId, t.dueAt, t.id)
      .where(sql`status in ('open', 'claimed', 'snoozed')`),
    index("reviews_closed_idx")
      .on(t.orgId, t.resolvedAt, t.id)
      .where(sql`resolved_at is not null`),
    index("reviews_closed_app_idx")
      .on(t.orgId, t.appId, t.resolvedAt, t.id)
      .where(sql`resolved_at is not null`),
    index("reviews_held_idx")
      .on(t.claimedBy)
      .where(sql`status = 'claimed'`),
    // Partial: the next of one queue, by each of its orders.
    index("reviews_queue_due_idx")
      .on(t.queueId, t.dueAt, t.id)
      .where(sql`status in ('open', 'claimed', 'snoozed')`),
    index("reviews_queue_loss_idx")
      .on(t.queueId, t.expectedLoss.desc(), t.id)
      .where(sql`expected_loss is not null and status in ('open', 'claimed', 'snoozed')`),
    // Partial: what came back to the one who approved it.
    index("reviews_assigned_idx")
      .on(t.assignedTo)
      .where(sql`assigned_to is not null and status in ('open', 'claimed', 'snoozed')`),
    index("reviews_snoozed_idx")
      .on(t.orgId, t.snoozedUntil)
      .where(sql`status = 'snoozed'`),
    index("reviews_staged_idx")
      .on(t.effectiveAt)
      .where(sql`staged_verdict is not null and verdict is null`),
    index("reviews_decision_idx").on(t.decisionId),
    check("reviews_severity_check", oneOf("severity", severities)),
    check("reviews_status_check", oneOf("status", reviewStatuses)),
    check("reviews_kind_check", oneOf("kind", reviewKinds)),
    check("reviews_verdict_check", oneOf("verdict", verdicts)),
    check("reviews_staged_verdict_check", oneOf("staged_verdict", verdicts)),
    check("reviews_resolved_check", sql`(status = 'resolved') = (verdict is not null)`),
  ],
);

/** Who works on a queue; a queue without members is everybody's. */
export const queueMembers = pgTable(
  "queue_members",
  {
    queueId: text().notNull(),
    userId: text().notNull(),
    orgId: text().notNull(),
    /** A lead sees how its reviewers do, and may reassign. */
    lead: boolean().notNull().default(false),
    createdAt: bornAt(),
  },
  (t) => [
    primaryKey({ name: "queue_members_pk", columns: [t.queueId, t.userId] }),
    index("queue_members_user_idx").on(t.userId),
  ],
);

/** Who must approve what, as data. The first enabled rule that fits, by position, holds. */
export const approvalRules = pgTable(
  "approval_rules",
  {
    id: id(),
    orgId: text().notNull(),
    name: text().notNull(),
    position: integer().notNull().default(0),
    /** Null: of any type, queue, amount. */
    typeId: text(),
    queueId: text(),
    minAmount: minorUnits(),
    stages: jsonb().$type<ApprovalStage[]>().notNull(),
    enabled: boolean().notNull().default(true),
    version: integer().notNull().default(1),
    createdBy: text().notNull(),
    updatedBy: text().notNull(),
    createdAt: bornAt(),
    updatedAt: bornAt(),
  },
  (t) => [index("approval_rules_org_idx").on(t.orgId, t.position)],
);

/** Each word a person gave on a decision that needs several: one row a person and stage, never changed. */
export const approvals = pgTable(
  "approvals",
  {
    id: id(),
    orgId: text().notNull(),
    decisionId: text().notNull(),
    reviewId: text().notNull(),
    stage: integer().notNull(),
    actor: text().notNull(),
    /** In whose place, by a delegation. */
    onBehalfOf: text(),
    delegationId: text(),
    verdict: text({ enum: verdicts }).notNull(),
    /** What was approved: the same digest the execution carries. An edit voids what was approved before. */
    digest: text(),
    /** Why the rule was broken, where it was. */
    breakGlass: text(),
    voidedAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    index("approvals_decision_idx").on(t.decisionId, t.id),
    uniqueIndex("approvals_one_per_person")
      .on(t.decisionId, t.actor)
      .where(sql`voided_at is null`),
    check("approvals_verdict_check", oneOf("verdict", verdicts)),
  ],
);

/** One person's authority lent to another for a while. */
export const delegations = pgTable(
  "delegations",
  {
    id: id(),
    orgId: text().notNull(),
    fromUser: text().notNull(),
    toUser: text().notNull(),
    /** Null: all queues. */
    queueId: text(),
    reason: text().notNull(),
    startsAt: bornAt(),
    endsAt: moment().notNull(),
    revokedAt: moment(),
    createdBy: text().notNull(),
    createdAt: bornAt(),
  },
  (t) => [index("delegations_to_idx").on(t.toUser), index("delegations_from_idx").on(t.fromUser)],
);

/** What people tell each other about a decision. The app never sees it. */
export const notes = pgTable(
  "notes",
  {
    id: id(),
    orgId: text().notNull(),
    decisionId: text().notNull(),
    author: text().notNull(),
    text: text().notNull(),
    /** Ids of the people named in it. */
    mentions: jsonb().$type<string[]>().notNull(),
    createdAt: bornAt(),
  },
  (t) => [index("notes_decision_idx").on(t.decisionId, t.id)],
);

/** What was ruled before, in a form that alike cases are found by. Filled after the ruling, never by intake. */
export const precedents = pgTable(
  "precedents",
  {
    decisionId: text().primaryKey(),
    orgId: text().notNull(),
    typeId: text().notNull(),
    appId: text().notNull(),
    subjectType: text(),
    subjectId: text(),
    verdict: text({ enum: verdicts }).notNull(),
    reasonCode: text(),
    amount: minorUnits(),
    /** The words of input and arguments; indexed for full-text search by hand (the migration). */
    words: text().notNull(),
    ruledAt: moment().notNull(),
  },
  (t) => [
    index("precedents_type_idx").on(t.orgId, t.typeId, t.ruledAt),
    check("precedents_verdict_check", oneOf("verdict", verdicts)),
  ],
);

/** A filter with a name, of one person or shared. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: id(),
    orgId: text().notNull(),
    ownerId: text().notNull(),
    /** The list it is of: `inbox`, `decisions`, … */
    page: text().notNull(),
    name: text().notNull(),
    /** The page's query string, without the question mark. */
    query: text().notNull(),
    shared: boolean().notNull().default(false),
    createdAt: bornAt(),
  },
  (t) => [unique("saved_views_name_unique").on(t.ownerId, t.page, t.name)],
);

/**
 * A review whose answer is known, or that somebody else answered before: a copy of a decision that carries nothing
 * out. The reviewer cannot tell it from another one.
 */
export const measures = pgTable(
  "measures",
  {
    id: id(),
    orgId: text().notNull(),
    kind: text({ enum: ["gold", "double"] }).notNull(),
    queueId: text().notNull(),
    /** Whose copy it is. */
    sourceDecisionId: text().notNull(),
    /** The copy that was put into the queue, and its review. */
    decisionId: text().notNull(),
    reviewId: text().notNull(),
    /** What is right (gold), or what the first reviewer said (double). */
    expected: text({ enum: verdicts }).notNull(),
    firstReviewer: text(),
    reviewer: text(),
    verdict: text({ enum: verdicts }),
    dwellMs: integer(),
    answeredAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("measures_decision_unique").on(t.decisionId),
    index("measures_queue_idx").on(t.orgId, t.queueId, t.createdAt),
    index("measures_reviewer_idx").on(t.orgId, t.reviewer, t.answeredAt),
    index("measures_source_idx").on(t.sourceDecisionId),
  ],
);

import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { reviewKinds, reviewStatuses, severities, verdicts, type Returned } from "@/lib/reviews/schema";
import type { ApprovalRuleSnapshot } from "@/lib/reviews/approval-rules";
import type { JsonObject } from "@/lib/kernel/json";
import { bornAt, id, moment, oneOf } from "./columns";

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
    /** The same for each minute that a person is expected to look at it; a trigger keeps it beside the loss. */
    lossPerMinute: doublePrecision(),
    /** Half of its time was gone and somebody was told. */
    warnedAt: moment(),
    /** Which stage of its approval rule this is, and how many approvals the stage needs. */
    stage: integer().notNull().default(1),
    approvalsNeeded: integer().notNull().default(1),
    /** The rule that asks for them, as it was when the review opened; null: one approval of any reviewer. */
    approvalRule: jsonb().$type<ApprovalRuleSnapshot>(),
    /** Queues it was in before this one, kept by a trigger: passing it on takes it from under no rule. */
    passedQueues: jsonb().$type<string[]>(),
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
    index("reviews_queue_age_idx")
      .on(t.queueId, t.id)
      .where(sql`status in ('open', 'claimed', 'snoozed')`),
    index("reviews_queue_loss_idx")
      .on(t.queueId, t.lossPerMinute.desc(), t.id)
      .where(sql`loss_per_minute is not null and status in ('open', 'claimed', 'snoozed')`),
    // Partial: what came back to the one who approved it.
    index("reviews_assigned_idx")
      .on(t.orgId, t.assignedTo)
      .where(sql`assigned_to is not null and status in ('open', 'claimed', 'snoozed')`),
    index("reviews_snoozed_idx")
      .on(t.orgId, t.snoozedUntil)
      .where(sql`status = 'snoozed'`),
    index("reviews_staged_idx")
      .on(t.orgId, t.effectiveAt)
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

import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { ApprovalStage } from "@/lib/reviews/approval-rules";
import { verdicts } from "@/lib/kernel/statuses";
import { bornAt, id, minorUnits, moment, oneOf } from "./columns";

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

/**
 * Approval rules as they held before they were changed or removed, written by a trigger: a decision asks for no less
 * than the rule in force when it was submitted did.
 */
export const approvalRuleVersions = pgTable(
  "approval_rule_versions",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    ruleId: text().notNull(),
    orgId: text().notNull(),
    name: text().notNull(),
    position: integer().notNull(),
    typeId: text(),
    queueId: text(),
    minAmount: minorUnits(),
    stages: jsonb().$type<ApprovalStage[]>().notNull(),
    enabled: boolean().notNull(),
    version: integer().notNull(),
    updatedBy: text().notNull(),
    heldFrom: moment().notNull(),
    heldUntil: bornAt(),
  },
  (t) => [index("approval_rule_versions_idx").on(t.orgId, t.heldUntil)],
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

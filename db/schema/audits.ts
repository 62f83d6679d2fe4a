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
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { type PlanSpec, type RubricKey, type StratumResult } from "@/lib/audits/plans";
import { planKinds, planStatuses } from "@/lib/audits/plan-words";
import { auditStatuses, judgements } from "@/lib/audits/schema";
import { truths } from "@/lib/decisions/schema";
import { causes } from "@/lib/feedback/schema";
import { bornAt, id, moment, oneOf } from "./columns";
import { decisions } from "./decisions";

export const audits = pgTable(
  "audits",
  {
    id: id(),
    orgId: text().notNull(),
    decisionId: text()
      .notNull()
      .references(() => decisions.id),
    /** The probability that a draw would choose this decision; null: a person chose it, and it makes no label. */
    piLabel: doublePrecision(),
    status: text({ enum: auditStatuses }).notNull().default("open"),
    dueAt: moment(),
    /** Of earlier versions: who holds an audit now stands in audit_judgements. */
    claimedBy: text(),
    leaseUntil: moment(),
    /** The result: the answer and the judgement that stand, and who gave them. */
    blindAnswer: text({ enum: truths }),
    blindAt: moment(),
    judgement: text({ enum: judgements }),
    cause: text({ enum: causes }),
    note: text(),
    judgedBy: text(),
    judgedAt: moment(),
    /** How many auditors judge it, blind to each other; more than one ends in an adjudication where they differ. */
    judgesNeeded: integer().notNull().default(1),
    /** The plan that drew it, and from which stratum; null: the draw of routing. */
    planId: text(),
    stratum: text(),
    /** They differed, and somebody else is to say. */
    disputedAt: moment(),
    adjudicatedBy: text(),
    /** A lead approved it alone, breaking the glass; told after the answer. */
    brokeGlass: boolean().notNull().default(false),
    /** Who sent it here by choice or broke the glass, and why; told after the answer. They do not judge it. */
    sentBy: text(),
    sentReason: text(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("audits_decision_unique").on(t.decisionId),
    index("audits_open_idx")
      .on(t.orgId, t.id)
      .where(sql`status in ('open', 'claimed')`),
    index("audits_done_idx")
      .on(t.orgId, t.id)
      .where(sql`status = 'done'`),
    index("audits_judged_idx")
      .on(t.orgId, t.judgedBy, t.judgedAt)
      .where(sql`status = 'done'`),
    // Partial: what plans drew, for their progress.
    index("audits_plan_idx")
      .on(t.orgId, t.planId)
      .where(sql`plan_id is not null`),
    check("audits_status_check", oneOf("status", auditStatuses)),
    check("audits_judgement_check", oneOf("judgement", judgements)),
    // A judgement without a blind answer cannot be stored: blind first is a fact, not a habit of the page.
    check("audits_blind_first_check", sql`judgement is null or blind_answer is not null`),
    check("audits_broke_glass_check", sql`not broke_glass or sent_by is not null`),
    check("audits_done_check", sql`(status = 'done') = (judgement is not null)`),
  ],
);

/** One auditor's word on one audit; nobody sees it before they have given their own. */
export const auditJudgements = pgTable(
  "audit_judgements",
  {
    id: id(),
    orgId: text().notNull(),
    auditId: text()
      .notNull()
      .references(() => audits.id),
    auditor: text().notNull(),
    leaseUntil: moment(),
    blindAnswer: text({ enum: truths }),
    blindAt: moment(),
    judgement: text({ enum: judgements }),
    cause: text({ enum: causes }),
    /** Rubric key to the value chosen. */
    rubric: jsonb().$type<Record<string, number>>(),
    note: text(),
    /** The last word, where the others differed. */
    adjudication: boolean().notNull().default(false),
    judgedAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("audit_judgements_one_per_auditor").on(t.auditId, t.auditor),
    index("audit_judgements_auditor_idx").on(t.orgId, t.auditor, t.judgedAt),
    check("audit_judgements_judgement_check", oneOf("judgement", judgements)),
    check("audit_judgements_blind_first_check", sql`judgement is null or blind_answer is not null`),
  ],
);

/** How past decisions are drawn for audits, with the probability of each stored before its draw. */
export const samplingPlans = pgTable(
  "sampling_plans",
  {
    id: id(),
    orgId: text().notNull(),
    name: text().notNull(),
    kind: text({ enum: planKinds }).notNull(),
    spec: jsonb().$type<PlanSpec>().notNull(),
    judgesNeeded: integer().notNull().default(1),
    rubricId: text(),
    status: text({ enum: planStatuses }).notNull().default("draft"),
    drawnAt: moment(),
    /** What the draw found in each stratum. */
    result: jsonb().$type<StratumResult[]>(),
    createdBy: text().notNull(),
    createdAt: bornAt(),
  },
  (t) => [index("sampling_plans_org_idx").on(t.orgId, t.id)],
);

/** What auditors are asked besides right or wrong: one key, one digit. */
export const rubrics = pgTable("rubrics", {
  id: id(),
  orgId: text().notNull(),
  name: text().notNull(),
  keys: jsonb().$type<RubricKey[]>().notNull(),
  createdBy: text().notNull(),
  createdAt: bornAt(),
  archivedAt: moment(),
});

/**
 * The probability that any draw so far would have chosen a decision for an audit, for the decisions that plans drew
 * from: 1 - (1 - routing's)(1 - first plan's)(1 - second plan's)…
 */
export const auditChances = pgTable(
  "audit_chances",
  {
    decisionId: text().primaryKey(),
    orgId: text().notNull(),
    pi: doublePrecision().notNull(),
  },
  () => [check("audit_chances_pi_check", sql`pi > 0 and pi <= 1`)],
);

/**
 * What a plan's estimate rests on: each audit in its population when it was drawn, its own and those that were there
 * before, with the probability that any draw up to then would have chosen it.
 */
export const planAudits = pgTable(
  "plan_audits",
  {
    planId: text()
      .notNull()
      .references(() => samplingPlans.id),
    auditId: text()
      .notNull()
      .references(() => audits.id),
    stratum: text().notNull(),
    pi: doublePrecision().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.planId, t.auditId] }),
    check("plan_audits_pi_check", sql`pi > 0 and pi <= 1`),
  ],
);

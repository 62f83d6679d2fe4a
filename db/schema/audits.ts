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
import { auditStatuses, judgements, planKinds, type PlanSpec, type RubricKey } from "@/lib/audits/schema";
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
    /** The inclusion probability, copied from the decision that was drawn. */
    piLabel: doublePrecision().notNull(),
    status: text({ enum: auditStatuses }).notNull().default("open"),
    dueAt: moment(),
    claimedBy: text(),
    leaseUntil: moment(),
    /** The auditor's own answer, given before the model's is shown. */
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
    check("audits_status_check", oneOf("status", auditStatuses)),
    check("audits_judgement_check", oneOf("judgement", judgements)),
    // A judgement without a blind answer cannot be stored: blind first is a fact, not a habit of the page.
    check("audits_blind_first_check", sql`judgement is null or blind_answer is not null`),
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
    /** `draft` until drawn; a plan is drawn once. */
    status: text({ enum: ["draft", "drawn", "closed"] })
      .notNull()
      .default("draft"),
    drawnAt: moment(),
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

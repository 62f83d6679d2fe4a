import { sql } from "drizzle-orm";
import {
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { auditorModes, discrepancyStatuses, issueStatuses } from "@/lib/discrepancies/vocabulary";
import { truths } from "@/lib/decisions/schema";
import type { EvidenceSpan } from "@/lib/feedback/evidence";
import type { JsonObject } from "@/lib/kernel/json";
import { causes } from "@/lib/kernel/statuses";
import { apps, decisionTypes } from "./apps";
import { bornAt, id, moment, oneOf } from "./columns";
import { decisions } from "./decisions";
import { models } from "./models";

/** What goes wrong again and again in an app, with an owner and a set of cases that must pass before it is closed. */
export const issues = pgTable(
  "issues",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    typeId: text().references(() => decisionTypes.id),
    title: text().notNull(),
    description: text().notNull().default(""),
    cause: text({ enum: causes }).notNull(),
    status: text({ enum: issueStatuses }).notNull().default("open"),
    ownerId: text(),
    /** The regression set: a dataset of its decisions. */
    datasetId: text(),
    /** The experiment whose gate let it be closed. */
    closedByExperimentId: text(),
    closedBy: text(),
    closedAt: moment(),
    version: integer().notNull().default(1),
    createdBy: text().notNull(),
    createdAt: bornAt(),
  },
  (t) => [
    index("issues_app_idx").on(t.orgId, t.appId, t.status, t.id),
    check("issues_status_check", oneOf("status", issueStatuses)),
    check("issues_cause_check", oneOf("cause", causes)),
    check(
      "issues_closed_check",
      sql`status <> 'closed' or (closed_at is not null and closed_by is not null)`,
    ),
  ],
);

/** Two who could know say different things of one decision: one record a decision, whoever else joins in. */
export const discrepancies = pgTable(
  "discrepancies",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    typeId: text()
      .notNull()
      .references(() => decisionTypes.id),
    decisionId: text()
      .notNull()
      .references(() => decisions.id),
    status: text({ enum: discrepancyStatuses }).notNull().default("open"),
    /** What each side said, newest of each: `{ reviewer: { truth, by, at, text } }`. */
    sides: jsonb().$type<JsonObject>().notNull(),
    /** `model-reviewer`, `reviewer-auditor` …: the pairs that disagree, sorted and joined by a comma. */
    pairs: text().notNull(),
    /** The LLM auditor's: cause, quoted evidence with offsets, why, its confidence and its run. */
    proposal: jsonb().$type<JsonObject>(),
    proposedCause: text({ enum: causes }),
    proposedConfidence: doublePrecision(),
    cause: text({ enum: causes }),
    /** Was acting right, by the person who confirmed: a side that says otherwise later opens it again. */
    truth: text({ enum: truths }),
    note: text(),
    /** The words that the person who confirmed rests it on, with offsets; null: none, or nobody has. */
    evidence: jsonb().$type<EvidenceSpan[]>(),
    decidedBy: text(),
    decidedAt: moment(),
    issueId: text().references(() => issues.id),
    /** The LLM auditor looks at it from here on; null: not again. */
    askAt: moment(),
    askTries: integer().notNull().default(0),
    askError: text(),
    openedAt: bornAt(),
    updatedAt: bornAt(),
  },
  (t) => [
    uniqueIndex("discrepancies_decision_unique").on(t.decisionId),
    index("discrepancies_status_idx").on(t.orgId, t.status, t.id),
    index("discrepancies_app_idx").on(t.orgId, t.appId, t.status, t.id),
    index("discrepancies_issue_idx")
      .on(t.issueId, t.id)
      .where(sql`issue_id is not null`),
    index("discrepancies_ask_idx")
      .on(t.askAt)
      .where(sql`ask_at is not null`),
    check("discrepancies_status_check", oneOf("status", discrepancyStatuses)),
    check("discrepancies_cause_check", oneOf("cause", causes)),
    check("discrepancies_truth_check", oneOf("truth", truths)),
    check("discrepancies_proposed_cause_check", oneOf("proposed_cause", causes)),
    check(
      "discrepancies_confirmed_check",
      sql`status <> 'confirmed' or (cause is not null and decided_by is not null)`,
    ),
  ],
);

/** Who proposes causes for an app's discrepancies; no row: our own rules, which need no model. */
export const llmAuditors = pgTable(
  "llm_auditors",
  {
    appId: text()
      .primaryKey()
      .references(() => apps.id),
    orgId: text().notNull(),
    mode: text({ enum: auditorModes }).notNull(),
    modelId: text().references(() => models.id),
    /** What the model is told besides the case itself; never changed by what is in the case. */
    instructions: text().notNull(),
    version: integer().notNull().default(1),
    updatedBy: text().notNull(),
    updatedAt: bornAt(),
  },
  () => [
    check("llm_auditors_mode_check", oneOf("mode", auditorModes)),
    check("llm_auditors_model_check", sql`mode <> 'model' or model_id is not null`),
  ],
);

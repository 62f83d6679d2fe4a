import { sql } from "drizzle-orm";
import {
  bigint,
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
import {
  evaluatorKinds,
  evaluatorStatuses,
  qualities,
  scorers,
  scoreStatuses,
} from "@/lib/evaluators/vocabulary";
import type { JsonObject } from "@/lib/kernel/json";
import { apps } from "./apps";
import { bornAt, id, moment, oneOf } from "./columns";

/** Something that scores an app's decisions. Its versions say how; its rules say which. */
export const evaluators = pgTable(
  "evaluators",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    key: text().notNull(),
    name: text().notNull(),
    kind: text({ enum: evaluatorKinds }).notNull(),
    quality: text({ enum: qualities }).notNull().default("output"),
    status: text({ enum: evaluatorStatuses }).notNull().default("active"),
    versionId: text(),
    /** Least agreement with people (Cohen's kappa) at which it counts; null: not held to one. */
    kappaFloor: doublePrecision(),
    /** Rulings of people it needs before the floor applies. */
    minRulings: integer().notNull().default(30),
    statusWhy: text(),
    /** Agreement is measured over what was scored since then: a new version, or a person who restored it, begins anew. */
    measuredSince: moment().notNull().defaultNow(),
    createdBy: text().notNull(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("evaluators_key_unique")
      .on(t.appId, t.key)
      .where(sql`status <> 'archived'`),
    check("evaluators_kind_check", oneOf("kind", evaluatorKinds)),
    check("evaluators_quality_check", oneOf("quality", qualities)),
    check("evaluators_status_check", oneOf("status", evaluatorStatuses)),
  ],
);

export const evaluatorVersions = pgTable(
  "evaluator_versions",
  {
    id: id(),
    orgId: text().notNull(),
    evaluatorId: text()
      .notNull()
      .references(() => evaluators.id),
    version: integer().notNull(),
    config: jsonb().$type<JsonObject>().notNull(),
    /** AES-256-GCM envelope of an external evaluator's key; never returned. */
    secret: text(),
    note: text().notNull().default(""),
    createdBy: text().notNull(),
    createdAt: bornAt(),
  },
  (t) => [unique("evaluator_versions_version_unique").on(t.evaluatorId, t.version)],
);

/** Which decisions an evaluator looks at, what share of them, and how long after. */
export const evaluatorRules = pgTable(
  "evaluator_rules",
  {
    id: id(),
    orgId: text().notNull(),
    evaluatorId: text()
      .notNull()
      .references(() => evaluators.id),
    /** Null: every type of the app. */
    typeId: text(),
    /** A CEL expression over the decision; null: all of them. */
    condition: text(),
    rate: doublePrecision().notNull().default(1),
    delaySeconds: integer().notNull().default(0),
    enabled: boolean().notNull().default(true),
    /** The last decision it has looked at: new ones come after. */
    cursor: text().notNull(),
    /** How far it may look once every transaction before `aheadXid` has ended: what they wrote is then to be seen. */
    aheadCursor: text(),
    aheadXid: bigint({ mode: "number" }),
    createdBy: text().notNull(),
    createdAt: bornAt(),
  },
  (t) => [
    index("evaluator_rules_evaluator_idx").on(t.evaluatorId, t.id),
    check("evaluator_rules_range_check", sql`rate > 0 and rate <= 1 and delay_seconds between 0 and 7776000`),
  ],
);

/** What an evaluator, its program or a person gave a subject: a decision, or an item of a dataset by its own id. */
export const scores = pgTable(
  "scores",
  {
    id: id(),
    orgId: text().notNull(),
    evaluatorId: text()
      .notNull()
      .references(() => evaluators.id),
    versionId: text().references(() => evaluatorVersions.id),
    scorer: text({ enum: scorers }).notNull().default("evaluator"),
    /** Who, of a person or a program; the evaluator itself otherwise. */
    scoredBy: text().notNull(),
    decisionId: text(),
    /** What is scored when it is no decision: an item of a benchmark, by its name there. */
    subject: text(),
    quality: text({ enum: qualities }).notNull().default("output"),
    status: text({ enum: scoreStatuses }).notNull().default("pending"),
    /** 0 to 1; null where only a label is given. */
    score: doublePrecision(),
    label: text(),
    passed: boolean(),
    rationale: text(),
    /** Probability with which it was drawn to be scored. */
    pi: doublePrecision().notNull().default(1),
    runId: text(),
    costMicros: bigint({ mode: "number" }),
    latencyMs: doublePrecision(),
    error: text(),
    runAt: moment(),
    tries: integer().notNull().default(0),
    leaseUntil: moment(),
    createdAt: bornAt(),
    doneAt: moment(),
  },
  (t) => [
    // Nothing is scored twice: a person's ruling is of no version, and counts as one all the same.
    unique("scores_once_unique")
      .on(t.evaluatorId, t.decisionId, t.subject, t.scoredBy, t.versionId, t.quality)
      .nullsNotDistinct(),
    index("scores_of_decision_idx")
      .on(t.decisionId)
      .where(sql`decision_id is not null`),
    index("scores_evaluator_idx").on(t.evaluatorId, t.createdAt, t.id),
    index("scores_done_idx").on(t.evaluatorId, t.doneAt),
    // Partial: only items of benchmarks.
    index("scores_subject_idx")
      .on(t.evaluatorId, t.subject)
      .where(sql`subject is not null`),
    index("scores_due_idx")
      .on(t.runAt)
      .where(sql`status in ('pending', 'running')`),
    check("scores_scorer_check", oneOf("scorer", scorers)),
    check("scores_status_check", oneOf("status", scoreStatuses)),
    check("scores_quality_check", oneOf("quality", qualities)),
    check("scores_about_check", sql`(decision_id is null) <> (subject is null)`),
    check("scores_range_check", sql`(score is null or score between 0 and 1) and pi > 0 and pi <= 1`),
  ],
);

/** An evaluator's agreement with people, as of a day: how a judge is watched over time. */
export const evaluatorAgreements = pgTable(
  "evaluator_agreements",
  {
    evaluatorId: text()
      .notNull()
      .references(() => evaluators.id),
    day: text().notNull(),
    orgId: text().notNull(),
    versionId: text(),
    n: integer().notNull(),
    agreement: doublePrecision(),
    agreementLow: doublePrecision(),
    agreementHigh: doublePrecision(),
    kappa: doublePrecision(),
    kappaLow: doublePrecision(),
    kappaHigh: doublePrecision(),
    /** Share the evaluator passes less share people pass: above 0 it is too lenient. */
    bias: doublePrecision(),
    computedAt: bornAt(),
  },
  (t) => [primaryKey({ name: "evaluator_agreements_pk", columns: [t.evaluatorId, t.day] })],
);

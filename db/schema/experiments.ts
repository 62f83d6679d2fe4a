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
import { predictions, truths } from "@/lib/decisions/schema";
import {
  candidateKinds,
  datasetPurposes,
  datasetStatuses,
  experimentStatuses,
  gateVerdicts,
  resultStatuses,
  splits,
} from "@/lib/experiments/vocabulary";
import type { JsonObject } from "@/lib/kernel/json";
import { apps, decisionTypes } from "./apps";
import { bornAt, id, moment, oneOf } from "./columns";
import { evaluators, evaluatorVersions } from "./evaluators";

/** Cases with known answers; what is in it is said by its versions, which never change. */
export const datasets = pgTable(
  "datasets",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    typeId: text()
      .notNull()
      .references(() => decisionTypes.id),
    key: text().notNull(),
    name: text().notNull(),
    purpose: text({ enum: datasetPurposes }).notNull().default("evaluation"),
    createdBy: text().notNull(),
    createdAt: bornAt(),
    archivedAt: moment(),
  },
  (t) => [
    uniqueIndex("datasets_key_unique")
      .on(t.appId, t.key)
      .where(sql`archived_at is null`),
    check("datasets_purpose_check", oneOf("purpose", datasetPurposes)),
  ],
);

export const datasetVersions = pgTable(
  "dataset_versions",
  {
    id: id(),
    orgId: text().notNull(),
    datasetId: text()
      .notNull()
      .references(() => datasets.id),
    version: integer().notNull(),
    status: text({ enum: datasetStatuses }).notNull().default("building"),
    /** The filter or the import it was made from, the seed of its split and the split's shares. */
    source: jsonb().$type<JsonObject>().notNull(),
    items: integer().notNull().default(0),
    total: integer(),
    /** Asked for by id and not taken: no truth, or kept from training. */
    leftOut: integer().notNull().default(0),
    /** Over the items in order: two versions with one hash hold the same. */
    sha256: text(),
    error: text(),
    leaseUntil: moment(),
    createdBy: text().notNull(),
    createdAt: bornAt(),
    readyAt: moment(),
  },
  (t) => [
    unique("dataset_versions_version_unique").on(t.datasetId, t.version),
    index("dataset_versions_building_idx")
      .on(t.orgId, t.id)
      .where(sql`status = 'building'`),
    check("dataset_versions_status_check", oneOf("status", datasetStatuses)),
  ],
);

export const datasetItems = pgTable(
  "dataset_items",
  {
    id: id(),
    versionId: text()
      .notNull()
      .references(() => datasetVersions.id),
    position: integer().notNull(),
    split: text({ enum: splits }).notNull(),
    decisionId: text(),
    /** Whose case it is: one subject is in one split only. */
    subject: text().notNull(),
    input: jsonb().$type<JsonObject>().notNull(),
    /** Was acting right? And the right arguments, when they are known. */
    truth: text({ enum: truths }).notNull(),
    expected: jsonb().$type<JsonObject>(),
    /** What the app said at the time: predicted, arguments, confidence, model, prompt version. */
    recorded: jsonb().$type<JsonObject>(),
    weight: doublePrecision().notNull().default(1),
    /** Of the input's words, however they are spaced and cased: items that share it are in one split. Null: too few words. */
    textHash: text(),
    /** Over everything in the item but its split. */
    sha256: text().notNull(),
  },
  (t) => [
    unique("dataset_items_position_unique").on(t.versionId, t.position),
    index("dataset_items_split_idx").on(t.versionId, t.split, t.position),
    check("dataset_items_split_check", oneOf("split", splits)),
    check("dataset_items_truth_check", oneOf("truth", truths)),
  ],
);

/** Candidates beside each other on one dataset version, run as a job that survives a kill and never pays twice. */
export const experiments = pgTable(
  "experiments",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    typeId: text()
      .notNull()
      .references(() => decisionTypes.id),
    name: text().notNull(),
    datasetVersionId: text()
      .notNull()
      .references(() => datasetVersions.id),
    /** Null: the whole version. */
    split: text({ enum: splits }),
    status: text({ enum: experimentStatuses }).notNull().default("draft"),
    /** Pauses once this much is spent, in millionths; null: no cap. */
    costCapMicros: bigint({ mode: "number" }),
    spentMicros: bigint({ mode: "number" }).notNull().default(0),
    done: integer().notNull().default(0),
    total: integer().notNull().default(0),
    /** Of what evaluators that are asked, judges and services, say of the answers. */
    scoresDone: integer().notNull().default(0),
    scoresTotal: integer().notNull().default(0),
    why: text(),
    /** Share by which the candidate may be wrong more often than the baseline and still pass. */
    margin: doublePrecision().notNull().default(0.02),
    gate: text({ enum: gateVerdicts }),
    gateDetail: jsonb().$type<JsonObject>(),
    /** Figures of each candidate beside the baseline's, reckoned once when it ends. */
    summary: jsonb().$type<JsonObject>(),
    /** The issue it is to close. */
    issueId: text(),
    leaseUntil: moment(),
    createdBy: text().notNull(),
    createdAt: bornAt(),
    finishedAt: moment(),
  },
  (t) => [
    index("experiments_app_idx").on(t.orgId, t.appId, t.id),
    index("experiments_active_idx")
      .on(t.orgId, t.id)
      .where(sql`status in ('pending', 'running')`),
    check("experiments_status_check", oneOf("status", experimentStatuses)),
    check("experiments_split_check", oneOf("split", splits)),
    check("experiments_gate_check", oneOf("gate", gateVerdicts)),
  ],
);

export const experimentCandidates = pgTable(
  "experiment_candidates",
  {
    id: id(),
    experimentId: text()
      .notNull()
      .references(() => experiments.id),
    position: integer().notNull(),
    kind: text({ enum: candidateKinds }).notNull(),
    name: text().notNull(),
    isBaseline: boolean().notNull().default(false),
    promptVersionId: text(),
    artifactId: text(),
    policyVersionId: text(),
  },
  (t) => [
    unique("experiment_candidates_position_unique").on(t.experimentId, t.position),
    uniqueIndex("experiment_candidates_baseline_unique")
      .on(t.experimentId)
      .where(sql`is_baseline`),
    check("experiment_candidates_kind_check", oneOf("kind", candidateKinds)),
  ],
);

export const experimentResults = pgTable(
  "experiment_results",
  {
    candidateId: text()
      .notNull()
      .references(() => experimentCandidates.id),
    itemId: text()
      .notNull()
      .references(() => datasetItems.id),
    experimentId: text().notNull(),
    position: integer().notNull(),
    status: text({ enum: resultStatuses }).notNull().default("pending"),
    predicted: text({ enum: predictions }),
    output: jsonb().$type<JsonObject>(),
    confidence: doublePrecision(),
    isCorrect: boolean(),
    runId: text(),
    costMicros: bigint({ mode: "number" }),
    /** What the question may cost at most; it counts as spent while no answer says otherwise. */
    reservedMicros: bigint({ mode: "number" }),
    latencyMs: doublePrecision(),
    error: text(),
    startedAt: moment(),
    doneAt: moment(),
  },
  (t) => [
    primaryKey({ name: "experiment_results_pk", columns: [t.candidateId, t.itemId] }),
    index("experiment_results_open_idx")
      .on(t.experimentId, t.position, t.candidateId)
      .where(sql`status in ('pending', 'running')`),
    index("experiment_results_item_idx").on(t.experimentId, t.position, t.candidateId),
    check("experiment_results_status_check", oneOf("status", resultStatuses)),
    check("experiment_results_predicted_check", oneOf("predicted", predictions)),
  ],
);

/** Judges and services that score an experiment's answers, each at the version it had when the experiment began. */
export const experimentEvaluators = pgTable(
  "experiment_evaluators",
  {
    experimentId: text()
      .notNull()
      .references(() => experiments.id),
    evaluatorId: text()
      .notNull()
      .references(() => evaluators.id),
    versionId: text()
      .notNull()
      .references(() => evaluatorVersions.id),
  },
  (t) => [primaryKey({ name: "experiment_evaluators_pk", columns: [t.experimentId, t.evaluatorId] })],
);

/** One question to a judge or a service about one answer, asked and paid for once. */
export const experimentScores = pgTable(
  "experiment_scores",
  {
    candidateId: text()
      .notNull()
      .references(() => experimentCandidates.id),
    itemId: text()
      .notNull()
      .references(() => datasetItems.id),
    evaluatorId: text()
      .notNull()
      .references(() => evaluators.id),
    experimentId: text().notNull(),
    position: integer().notNull(),
    status: text({ enum: resultStatuses }).notNull().default("pending"),
    /** A score of each quality that it was asked about. */
    given: jsonb().$type<JsonObject[]>(),
    runId: text(),
    costMicros: bigint({ mode: "number" }),
    /** What the question may cost at most; it counts as spent while no answer says otherwise. */
    reservedMicros: bigint({ mode: "number" }),
    error: text(),
    startedAt: moment(),
    doneAt: moment(),
  },
  (t) => [
    primaryKey({ name: "experiment_scores_pk", columns: [t.candidateId, t.itemId, t.evaluatorId] }),
    index("experiment_scores_open_idx")
      .on(t.experimentId, t.position, t.candidateId)
      .where(sql`status in ('pending', 'running')`),
    index("experiment_scores_item_idx").on(t.experimentId, t.position, t.candidateId),
    check("experiment_scores_status_check", oneOf("status", resultStatuses)),
  ],
);

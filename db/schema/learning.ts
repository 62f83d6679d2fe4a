import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import type { LabelSource } from "@/lib/decisions/schema";
import { exportStatuses } from "@/lib/exports/schema";
import { fineTuneStatuses, learningFormats, trainingStatuses } from "@/lib/learning/vocabulary";
import type { JsonObject } from "@/lib/kernel/json";
import { apps, decisionTypes } from "./apps";
import { bornAt, id, moment, oneOf } from "./columns";
import { models } from "./models";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A training file on its way: one line a decision that a person ruled on, with a manifest of who, what and how. */
export const learningExports = pgTable(
  "learning_exports",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    typeId: text()
      .notNull()
      .references(() => decisionTypes.id),
    format: text({ enum: learningFormats }).notNull(),
    /** Range, split, redaction; and the prompt whose wording the messages take. */
    filter: jsonb().$type<JsonObject>().notNull(),
    status: text({ enum: exportStatuses }).notNull().default("pending"),
    cursor: text(),
    rows: integer().notNull().default(0),
    total: integer(),
    size: bigint({ mode: "number" }).notNull().default(0),
    /** Hashes, counts, labellers' pseudonyms, versions, redaction, licence, split. */
    manifest: jsonb().$type<JsonObject>(),
    error: text(),
    createdBy: text().notNull(),
    leaseUntil: moment(),
    finishedAt: moment(),
    expiresAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    index("learning_exports_org_idx").on(t.orgId, t.id),
    index("learning_exports_pending_idx")
      .on(t.orgId, t.id)
      .where(sql`status in ('pending', 'running')`),
    check("learning_exports_format_check", oneOf("format", learningFormats)),
    check("learning_exports_status_check", oneOf("status", exportStatuses)),
  ],
);

export const learningExportParts = pgTable(
  "learning_export_parts",
  {
    exportId: text()
      .notNull()
      .references(() => learningExports.id),
    /** Of which file: what is learned from, or what it is tested on. */
    file: text({ enum: ["train", "test"] }).notNull(),
    part: integer().notNull(),
    content: bytes().notNull(),
  },
  (t) => [primaryKey({ name: "learning_export_parts_pk", columns: [t.exportId, t.file, t.part] })],
);

/** A fine-tuning job at a provider that speaks OpenAI's API. */
export const fineTunes = pgTable(
  "fine_tunes",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    /** Whose endpoint and key are used. */
    modelId: text()
      .notNull()
      .references(() => models.id),
    baseModel: text().notNull(),
    exportId: text()
      .notNull()
      .references(() => learningExports.id),
    status: text({ enum: fineTuneStatuses }).notNull().default("pending"),
    settings: jsonb().$type<JsonObject>().notNull(),
    remoteFileId: text(),
    remoteJobId: text(),
    remoteStatus: text(),
    /** The model that came of it, at the provider; and ours, which begins in shadow. */
    resultModel: text(),
    resultModelId: text(),
    /** The shadow version of a prompt that asks it. */
    resultPromptVersionId: text(),
    events: jsonb().$type<JsonObject[]>().notNull().default([]),
    trainedTokens: bigint({ mode: "number" }),
    error: text(),
    cancelAskedAt: moment(),
    nextLookAt: moment(),
    leaseUntil: moment(),
    createdBy: text().notNull(),
    createdAt: bornAt(),
    finishedAt: moment(),
  },
  (t) => [
    index("fine_tunes_org_idx").on(t.orgId, t.id),
    index("fine_tunes_due_idx")
      .on(t.nextLookAt)
      .where(sql`status in ('pending', 'uploading', 'running')`),
    check("fine_tunes_status_check", oneOf("status", fineTuneStatuses)),
  ],
);

/** A round of learning for a model trained here: from people's labels to a proposal that a second person signs. */
export const trainings = pgTable(
  "trainings",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    typeId: text()
      .notNull()
      .references(() => decisionTypes.id),
    status: text({ enum: trainingStatuses }).notNull().default("pending"),
    /** Whose labels it learns from. */
    sources: jsonb().$type<LabelSource[]>().notNull().default(["review", "audit", "outcome"]),
    /** Share of the work done, 0 to 1. */
    progress: doublePrecision().notNull().default(0),
    /** The active one it is measured against, and what it made. */
    baselineArtifactId: text(),
    artifactId: text(),
    /** Labels used, by source; held-out error of both with interval; disagreements. */
    report: jsonb().$type<JsonObject>(),
    error: text(),
    leaseUntil: moment(),
    createdBy: text().notNull(),
    proposedBy: text(),
    proposedAt: moment(),
    signedBy: text(),
    signedAt: moment(),
    createdAt: bornAt(),
    finishedAt: moment(),
  },
  (t) => [
    index("trainings_org_idx").on(t.orgId, t.appId, t.id),
    index("trainings_pending_idx")
      .on(t.orgId, t.id)
      .where(sql`status in ('pending', 'running')`),
    check("trainings_status_check", oneOf("status", trainingStatuses)),
    // Nobody signs what they proposed.
    check(
      "trainings_two_people_check",
      sql`signed_by is null or (proposed_by is not null and signed_by <> proposed_by)`,
    ),
  ],
);

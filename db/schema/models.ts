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
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import {
  artifactStatuses,
  modelApis,
  modelProviders,
  runPurposes,
  runRequestStatuses,
  runStatuses,
  shadowAnswerStatuses,
} from "@/lib/models/vocabulary";
import { promptStatuses, type PromptMessage } from "@/lib/prompts/vocabulary";
import { apps, decisionTypes } from "./apps";
import { bornAt, id, moment, oneOf } from "./columns";

/** A model that prompts, judges and the LLM auditor may be answered by. */
export const models = pgTable(
  "models",
  {
    id: id(),
    orgId: text().notNull(),
    key: text().notNull(),
    name: text().notNull(),
    provider: text({ enum: modelProviders }).notNull(),
    api: text({ enum: modelApis }).notNull().default("chat"),
    /** What the provider calls it; of a local one, its artifact's id. */
    modelId: text().notNull(),
    baseUrl: text(),
    /** AES-256-GCM envelope of the key; never returned. */
    secret: text(),
    /** Personal data leaves the house as it is only where this is true. */
    maySeePersonalData: boolean().notNull().default(false),
    givesTokenProbabilities: boolean().notNull().default(false),
    /** Price in millionths of `currency` for a million tokens; null: not known, so no cost is claimed. */
    inputPriceMicros: bigint({ mode: "number" }),
    outputPriceMicros: bigint({ mode: "number" }),
    currency: text().notNull().default("USD"),
    timeoutMs: integer().notNull().default(30_000),
    maxRetries: integer().notNull().default(2),
    createdBy: text().notNull(),
    createdAt: bornAt(),
    updatedAt: bornAt(),
    archivedAt: moment(),
  },
  (t) => [
    uniqueIndex("models_key_unique")
      .on(t.orgId, t.key)
      .where(sql`archived_at is null`),
    check("models_provider_check", oneOf("provider", modelProviders)),
    check("models_api_check", oneOf("api", modelApis)),
    check("models_limits_check", sql`timeout_ms between 100 and 600000 and max_retries between 0 and 5`),
  ],
);

/** A classifier trained here, as one document; one per app is active, at most one is in shadow. */
export const modelArtifacts = pgTable(
  "model_artifacts",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    typeId: text()
      .notNull()
      .references(() => decisionTypes.id),
    version: integer().notNull(),
    status: text({ enum: artifactStatuses }).notNull().default("candidate"),
    /** Which algorithm reads `content`: `naive_bayes`. */
    algorithm: text().notNull(),
    content: jsonb().$type<JsonValue>().notNull(),
    sha256: text().notNull(),
    /** What it was trained on: dataset version, counts, hash; and how it did on what it never saw. */
    manifest: jsonb().$type<JsonObject>().notNull(),
    metrics: jsonb().$type<JsonObject>(),
    createdBy: text().notNull(),
    createdAt: bornAt(),
    /** Since when it stands there; what it says in shadow is recorded of decisions from then on. */
    shadowAt: moment(),
    activatedAt: moment(),
    retiredAt: moment(),
  },
  (t) => [
    unique("model_artifacts_version_unique").on(t.appId, t.typeId, t.version),
    uniqueIndex("model_artifacts_active_unique")
      .on(t.appId, t.typeId)
      .where(sql`status = 'active'`),
    uniqueIndex("model_artifacts_shadow_unique")
      .on(t.appId, t.typeId)
      .where(sql`status = 'shadow'`),
    check("model_artifacts_status_check", oneOf("status", artifactStatuses)),
  ],
);

/** A prompt of an app for one decision type. */
export const prompts = pgTable(
  "prompts",
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
    createdBy: text().notNull(),
    createdAt: bornAt(),
    archivedAt: moment(),
  },
  (t) => [
    uniqueIndex("prompts_key_unique")
      .on(t.appId, t.key)
      .where(sql`archived_at is null`),
  ],
);

/** One wording with its model and its way to a confidence; never changed once it left the draft. */
export const promptVersions = pgTable(
  "prompt_versions",
  {
    id: id(),
    orgId: text().notNull(),
    promptId: text()
      .notNull()
      .references(() => prompts.id),
    version: integer().notNull(),
    status: text({ enum: promptStatuses }).notNull().default("draft"),
    modelId: text()
      .notNull()
      .references(() => models.id),
    messages: jsonb().$type<PromptMessage[]>().notNull(),
    /** Temperature, output limit, samples for self-consistency, which confidence is used, its fitted combination. */
    settings: jsonb().$type<JsonObject>().notNull(),
    note: text().notNull().default(""),
    createdBy: text().notNull(),
    createdAt: bornAt(),
    activatedBy: text(),
    activatedAt: moment(),
  },
  (t) => [
    unique("prompt_versions_version_unique").on(t.promptId, t.version),
    uniqueIndex("prompt_versions_active_unique")
      .on(t.promptId)
      .where(sql`status = 'active'`),
    uniqueIndex("prompt_versions_shadow_unique")
      .on(t.promptId)
      .where(sql`status = 'shadow'`),
    check("prompt_versions_status_check", oneOf("status", promptStatuses)),
  ],
);

/** One question to a model and what became of it: written before the call, so that a lost answer is known of. */
export const runs = pgTable(
  "runs",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text().references(() => apps.id),
    typeId: text().references(() => decisionTypes.id),
    purpose: text({ enum: runPurposes }).notNull(),
    status: text({ enum: runStatuses }).notNull().default("running"),
    modelId: text()
      .notNull()
      .references(() => models.id),
    promptVersionId: text().references(() => promptVersions.id),
    decisionId: text(),
    /** What asked: an experiment's result, a score, a discrepancy. */
    askedBy: text(),
    /** SHA-256 of messages and settings as sent. */
    requestHash: text().notNull(),
    output: jsonb().$type<JsonValue>(),
    /** Each source's own figure, 0 to 1, beside the one used. */
    confidences: jsonb().$type<JsonObject>(),
    confidence: doublePrecision(),
    inputTokens: integer(),
    outputTokens: integer(),
    costMicros: bigint({ mode: "number" }),
    latencyMs: doublePrecision(),
    /** Calls to the provider, retries and samples included. */
    calls: integer().notNull().default(0),
    masked: integer().notNull().default(0),
    error: text(),
    errorCode: text(),
    createdAt: bornAt(),
    finishedAt: moment(),
  },
  (t) => [
    index("runs_app_idx").on(t.orgId, t.appId, t.createdAt, t.id),
    // Pages of an app's runs, newest first.
    index("runs_page_idx").on(t.orgId, t.appId, t.id),
    index("runs_decision_idx")
      .on(t.decisionId)
      .where(sql`decision_id is not null`),
    index("runs_asked_by_idx")
      .on(t.askedBy)
      .where(sql`asked_by is not null`),
    index("runs_running_idx")
      .on(t.createdAt)
      .where(sql`status = 'running'`),
    check("runs_purpose_check", oneOf("purpose", runPurposes)),
    check("runs_status_check", oneOf("status", runStatuses)),
  ],
);

/** An app's request to make a decision from an input: its key is taken before the model is asked, so nobody asks twice. */
export const runRequests = pgTable(
  "run_requests",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    promptVersionId: text()
      .notNull()
      .references(() => promptVersions.id),
    /** `key:` and the Idempotency-Key, `ext:` and the external id, or its own id. */
    key: text().notNull(),
    requestHash: text().notNull(),
    /** What was asked, as it is submitted in the end. */
    request: jsonb().$type<JsonObject>().notNull(),
    actorKeyId: text().notNull(),
    livemode: boolean().notNull(),
    status: text({ enum: runRequestStatuses }).notNull().default("running"),
    /** After it, whoever asked is gone: a worker ends it with a decision for a person. */
    leaseUntil: moment().notNull(),
    decisionId: text(),
    /** Code and sentence of what kept a decision from being made. */
    error: jsonb().$type<JsonObject>(),
    createdAt: bornAt(),
    finishedAt: moment(),
  },
  (t) => [
    unique("run_requests_key_unique").on(t.appId, t.key),
    index("run_requests_running_idx")
      .on(t.leaseUntil)
      .where(sql`status = 'running'`),
    check("run_requests_status_check", oneOf("status", runRequestStatuses)),
  ],
);

/** What a prompt's shadow version says of a decision that its active version made; it never acts. */
export const shadowAnswers = pgTable(
  "shadow_answers",
  {
    orgId: text().notNull(),
    decisionId: text().notNull(),
    promptVersionId: text()
      .notNull()
      .references(() => promptVersions.id),
    status: text({ enum: shadowAnswerStatuses }).notNull().default("pending"),
    leaseUntil: moment(),
    predicted: text(),
    arguments: jsonb().$type<JsonObject>(),
    confidence: doublePrecision(),
    runId: text(),
    error: text(),
    createdAt: bornAt(),
    finishedAt: moment(),
  },
  (t) => [
    primaryKey({ name: "shadow_answers_pk", columns: [t.promptVersionId, t.decisionId] }),
    index("shadow_answers_due_idx")
      .on(t.createdAt)
      .where(sql`status in ('pending', 'running')`),
    check("shadow_answers_status_check", oneOf("status", shadowAnswerStatuses)),
  ],
);

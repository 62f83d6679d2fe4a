import { sql } from "drizzle-orm";
import {
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
import { truths } from "@/lib/decisions/schema";
import type { EvidenceSpan } from "@/lib/feedback/evidence";
import {
  importFormats,
  importKinds,
  type ImportRowStatus,
  importRowStatuses,
  importStatuses,
} from "@/lib/feedback/imports";
import { causes, feedbackSources, votes } from "@/lib/feedback/schema";
import type { JsonObject } from "@/lib/kernel/json";
import { bornAt, id, moment, oneOf } from "./columns";
import { decisions } from "./decisions";

export const feedback = pgTable(
  "feedback",
  {
    id: id(),
    orgId: text().notNull(),
    decisionId: text()
      .notNull()
      .references(() => decisions.id),
    source: text({ enum: feedbackSources }).notNull(),
    vote: text({ enum: votes }),
    score: doublePrecision(),
    text: text(),
    correction: jsonb().$type<JsonObject>(),
    cause: text({ enum: causes }),
    /** The words it rests on: which part of the decision, where in it, and as they stand there. */
    evidence: jsonb().$type<EvidenceSpan[]>(),
    actor: text().notNull(),
    /** The link its words came over. */
    linkId: text().references(() => feedbackLinks.id),
    /** What its author said in its place later; the row stays. Null: it stands. */
    replacedBy: text(),
    /** When it was taken back; the row stays. Null: it stands, unless replaced. */
    withdrawnAt: moment(),
    idempotencyKey: text(),
    /** SHA-256 of what was sent: the same key with another body is refused. */
    requestHash: text().notNull(),
    createdAt: bornAt(),
  },
  (t) => [
    index("feedback_decision_idx").on(t.decisionId, t.id),
    uniqueIndex("feedback_idempotency_key_unique")
      .on(t.orgId, t.actor, t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
    // What came over one link stands once, however often its author changes it.
    uniqueIndex("feedback_link_standing_unique")
      .on(t.linkId)
      .where(sql`link_id is not null and replaced_by is null`),
    check("feedback_source_check", oneOf("source", feedbackSources)),
    check("feedback_vote_check", oneOf("vote", votes)),
    check("feedback_cause_check", oneOf("cause", causes)),
  ],
);

/** A signed link for the customer of one decision. The token names this row and is stored nowhere. */
export const feedbackLinks = pgTable(
  "feedback_links",
  {
    id: id(),
    orgId: text().notNull(),
    decisionId: text()
      .notNull()
      .references(() => decisions.id),
    expiresAt: moment().notNull(),
    createdBy: text().notNull(),
    createdAt: bornAt(),
  },
  (t) => [index("feedback_links_decision_idx").on(t.decisionId, t.id)],
);

export const outcomes = pgTable(
  "outcomes",
  {
    id: id(),
    orgId: text().notNull(),
    decisionId: text()
      .notNull()
      .references(() => decisions.id),
    truth: text({ enum: truths }).notNull(),
    source: text({ enum: feedbackSources }).notNull().default("system_of_record"),
    detail: text(),
    occurredAt: moment(),
    actor: text().notNull(),
    createdAt: bornAt(),
  },
  (t) => [
    index("outcomes_decision_idx").on(t.decisionId, t.id),
    check("outcomes_source_check", oneOf("source", feedbackSources)),
    check("outcomes_truth_check", oneOf("truth", truths)),
  ],
);

/** A file of feedback or outcomes, taken in row by row; what finds no decision yet is looked for again. */
export const feedbackImports = pgTable(
  "feedback_imports",
  {
    id: id(),
    orgId: text().notNull(),
    kind: text({ enum: importKinds }).notNull(),
    /** Null: each row names its app. */
    appId: text(),
    name: text().notNull(),
    format: text({ enum: importFormats }).notNull(),
    /** SHA-256 of the file, once it is whole: the same file again changes nothing. */
    sha256: text(),
    size: integer().notNull().default(0),
    status: text({ enum: importStatuses }).notNull().default("pending"),
    rows: integer().notNull().default(0),
    /** How many rows came to what, once it is over; counted while it is not. */
    tally: jsonb().$type<Partial<Record<ImportRowStatus, number>>>(),
    /** Rows not yet answered or matched are looked for until then. */
    waitUntil: moment(),
    /** The last line of this round that was looked at; a worker that comes after a crash goes on from it. */
    cursor: integer().notNull().default(0),
    /** Held by a worker until then, or not looked at before. */
    leaseUntil: moment(),
    error: text(),
    createdBy: text().notNull(),
    createdAt: bornAt(),
    finishedAt: moment(),
  },
  (t) => [
    index("feedback_imports_org_idx").on(t.orgId, t.id),
    index("feedback_imports_active_idx")
      .on(t.orgId, t.id)
      .where(sql`status in ('receiving', 'pending', 'running', 'waiting')`),
    check("feedback_imports_kind_check", oneOf("kind", importKinds)),
    check("feedback_imports_format_check", oneOf("format", importFormats)),
    check("feedback_imports_status_check", oneOf("status", importStatuses)),
  ],
);

export const feedbackImportRows = pgTable(
  "feedback_import_rows",
  {
    importId: text()
      .notNull()
      .references(() => feedbackImports.id),
    line: integer().notNull(),
    status: text({ enum: importRowStatuses }).notNull().default("pending"),
    payload: jsonb().$type<JsonObject>().notNull(),
    decisionId: text(),
    problem: text(),
  },
  (t) => [
    primaryKey({ name: "feedback_import_rows_pk", columns: [t.importId, t.line] }),
    index("feedback_import_rows_status_idx").on(t.importId, t.status, t.line),
    check("feedback_import_rows_status_check", oneOf("status", importRowStatuses)),
  ],
);

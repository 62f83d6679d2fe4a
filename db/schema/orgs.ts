import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  bigint,
  bigserial,
  text,
  check,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { stopScopes } from "@/lib/apps/schema";
import type { EventType } from "@/lib/kernel/events";
import { bornAt, id, moment, oneOf } from "./columns";

export const orgs = pgTable("orgs", { id: id(), name: text().notNull(), createdAt: bornAt() });

/** Small settings of an organisation, one row a key (demo controls, the state of a timer). */
export const settings = pgTable(
  "settings",
  {
    orgId: text()
      .notNull()
      .references(() => orgs.id),
    key: text().notNull(),
    value: jsonb().notNull(),
    updatedAt: bornAt(),
  },
  (t) => [primaryKey({ name: "settings_pk", columns: [t.orgId, t.key] })],
);

/**
 * The kill switch: one row a scope, made with what it names, so that a claim can hold it (FOR SHARE) and a stop
 * waits for claims under way.
 */
export const stops = pgTable(
  "stops",
  {
    orgId: text()
      .notNull()
      .references(() => orgs.id),
    scope: text({ enum: stopScopes }).notNull(),
    /** The org's id for `global`, the app's id for `app`. */
    scopeId: text().notNull(),
    active: boolean().notNull().default(false),
    reason: text(),
    changedBy: text(),
    changedAt: moment(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ name: "stops_pk", columns: [t.orgId, t.scope, t.scopeId] }),
    check("stops_scope_check", oneOf("scope", stopScopes)),
  ],
);

/** The head of the journal's hash chain, held by whoever seals. */
export const journalHeads = pgTable("journal_heads", {
  orgId: text()
    .primaryKey()
    .references(() => orgs.id),
  seq: bigint({ mode: "number" }).notNull(),
  /** The hash before the last entry's. */
  prev: text().notNull(),
  hash: text().notNull(),
});

/**
 * The append-only, hash-chained record of who did what. Never personal data, never secrets. An entry is written by the
 * transaction that did it; its place in the chain is given soon after (seal_journal), once.
 */
export const journal = pgTable(
  "journal",
  {
    orgId: text()
      .notNull()
      .references(() => orgs.id),
    id: bigserial({ mode: "number" }).primaryKey(),
    /** Place in the chain; null until it is sealed. */
    seq: bigint({ mode: "number" }),
    at: bornAt(),
    actor: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    /** The exact canonical text that was hashed; `hash = sha256(prev || entry)`, hex. */
    entry: text().notNull(),
    prev: text(),
    hash: text(),
  },
  (t) => [
    uniqueIndex("journal_seq_unique")
      .on(t.orgId, t.seq)
      .where(sql`seq is not null`),
    index("journal_unsealed_idx")
      .on(t.orgId, t.id)
      .where(sql`seq is null`),
    check("journal_sealed_check", sql`(seq is null) = (hash is null) and (seq is null) = (prev is null)`),
    index("journal_subject_idx").on(t.subject),
  ],
);

/** The outbox: what happened, told to screens and (later) webhooks; written in the transaction that did it. */
export const events = pgTable(
  "events",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    orgId: text().notNull(),
    type: text().$type<EventType>().notNull(),
    /** The decision this is about, when it is about one. */
    decisionId: text(),
    subject: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    at: bornAt(),
  },
  (t) => [index("events_decision_idx").on(t.decisionId)],
);

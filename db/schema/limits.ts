import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { budgetScopes, budgetPeriods, certificationStatuses } from "@/lib/apps/schema";
import type { JsonValue } from "@/lib/kernel/json";
import { connectorActions, connectors } from "./apps";
import { bornAt, id, minorUnits, moment, oneOf } from "./columns";
import { executions } from "./execution";
import { orgs } from "./orgs";

/** What may be carried out in an hour or a day; reserved in the claim, so that no number of workers goes over it. */
export const budgets = pgTable(
  "budgets",
  {
    id: id(),
    orgId: text()
      .notNull()
      .references(() => orgs.id),
    scope: text({ enum: budgetScopes }).notNull(),
    /** The app's id (`app`, `subject`), the connector's or the type's. */
    scopeId: text().notNull(),
    period: text({ enum: budgetPeriods }).notNull(),
    /** Empty for a count alone: then money of any currency counts as one act. */
    currency: text().notNull().default(""),
    /** Minor units of `currency`. */
    maxAmount: minorUnits(),
    maxCount: integer(),
    /** What one admin wants that lets more be carried out; another one signs it. */
    proposed: jsonb().$type<{ max_amount: number | null; max_count: number | null; archived: boolean }>(),
    proposedBy: text(),
    proposedAt: moment(),
    version: integer().notNull().default(1),
    updatedBy: text().notNull(),
    createdAt: bornAt(),
    updatedAt: bornAt(),
    archivedAt: moment(),
  },
  (t) => [
    unique("budgets_scope_unique").on(t.orgId, t.scope, t.scopeId, t.period, t.currency),
    check("budgets_scope_check", oneOf("scope", budgetScopes)),
    check("budgets_period_check", oneOf("period", budgetPeriods)),
    check("budgets_limit_check", sql`(max_amount is not null and currency <> '') or max_count is not null`),
  ],
);

/** How much of a budget a window has used; `bucket` is the subject, or empty. */
export const budgetUsage = pgTable(
  "budget_usage",
  {
    budgetId: text()
      .notNull()
      .references(() => budgets.id),
    bucket: text().notNull().default(""),
    windowStart: moment().notNull(),
    amount: minorUnits().notNull().default(0),
    count: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ name: "budget_usage_pk", columns: [t.budgetId, t.bucket, t.windowStart] }),
    // For the fullest subject of a window, among the many of earlier ones.
    index("budget_usage_window_idx").on(t.budgetId, t.windowStart),
  ],
);

/** What one execution holds of a budget; given back when it is certain that nothing happened. */
export const budgetReservations = pgTable(
  "budget_reservations",
  {
    executionId: text()
      .notNull()
      .references(() => executions.id),
    budgetId: text()
      .notNull()
      .references(() => budgets.id),
    bucket: text().notNull().default(""),
    windowStart: moment().notNull(),
    amount: minorUnits().notNull(),
    releasedAt: moment(),
  },
  (t) => [primaryKey({ name: "budget_reservations_pk", columns: [t.executionId, t.budgetId] })],
);

/** A connector's pace, for those that set a rate: a bucket of tokens, filled by the database's clock. */
export const connectorPaces = pgTable("connector_paces", {
  connectorId: text()
    .primaryKey()
    .references(() => connectors.id),
  /** Thousandths of a request. */
  tokens: integer().notNull(),
  filledAt: bornAt(),
});

/** One run of the certification: what the target was asked, and whether it does what its connector claims. */
export const certifications = pgTable(
  "certifications",
  {
    id: id(),
    orgId: text().notNull(),
    connectorId: text()
      .notNull()
      .references(() => connectors.id),
    actionId: text()
      .notNull()
      .references(() => connectorActions.id),
    connectorVersion: integer().notNull(),
    status: text({ enum: certificationStatuses }).notNull(),
    checks: jsonb().$type<JsonValue>().notNull(),
    requestedBy: text().notNull(),
    createdAt: bornAt(),
    finishedAt: moment(),
  },
  (t) => [
    index("certifications_action_idx").on(t.actionId, t.createdAt),
    check("certifications_status_check", oneOf("status", certificationStatuses)),
  ],
);

/** What a target reported back, once a message: a second delivery of the same one changes nothing. */
export const callbacks = pgTable(
  "callbacks",
  {
    connectorId: text()
      .notNull()
      .references(() => connectors.id),
    messageId: text().notNull(),
    orgId: text().notNull(),
    executionId: text(),
    body: jsonb().$type<JsonValue>().notNull(),
    /** What it did: settled, confirmed, disputed, or why it was left. */
    effect: text().notNull(),
    receivedAt: bornAt(),
  },
  (t) => [primaryKey({ name: "callbacks_pk", columns: [t.connectorId, t.messageId] })],
);

/** One comparison of our record of a time with the target's ledger, both ways. */
export const reconciliations = pgTable(
  "reconciliations",
  {
    id: id(),
    orgId: text().notNull(),
    connectorId: text()
      .notNull()
      .references(() => connectors.id),
    fromAt: moment().notNull(),
    toAt: moment().notNull(),
    status: text({ enum: ["running", "done", "failed"] }).notNull(),
    matched: integer().notNull().default(0),
    /** What differs, the first thousand, and how many there were of each kind. */
    findings: jsonb().$type<JsonValue>().notNull(),
    error: text(),
    requestedBy: text().notNull(),
    createdAt: bornAt(),
    finishedAt: moment(),
    /** Until when the worker that runs it may be thought alive; another one starts it anew after that. */
    leaseUntil: moment(),
  },
  (t) => [
    index("reconciliations_connector_idx").on(t.connectorId, t.createdAt),
    // Partial: what waits for a worker, or for its end.
    index("reconciliations_running_idx")
      .on(t.orgId, t.id)
      .where(sql`status = 'running'`),
  ],
);

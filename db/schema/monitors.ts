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
import {
  comparators,
  driftMethods,
  driftStates,
  incidentStatuses,
  monitorStates,
} from "@/lib/monitors/vocabulary";
import type { JsonObject } from "@/lib/kernel/json";
import { bornAt, id, moment, oneOf } from "./columns";

/** A figure watched over a window, and who hears of it. */
export const monitors = pgTable(
  "monitors",
  {
    id: id(),
    orgId: text().notNull(),
    name: text().notNull(),
    metric: text().notNull(),
    appId: text(),
    typeId: text(),
    windowMinutes: integer().notNull(),
    comparator: text({ enum: comparators }).notNull(),
    warnAt: doublePrecision(),
    alertAt: doublePrecision().notNull(),
    /** How far back past a threshold the figure must be before it counts as over; in the metric's unit. */
    hysteresis: doublePrecision().notNull().default(0),
    /** Fewer than this in the window say nothing. */
    minN: integer().notNull().default(30),
    /** So many looks in a row must agree before anybody is told, either way. */
    forLooks: integer().notNull().default(1),
    cooldownMinutes: integer().notNull().default(60),
    /** `email` and ids of Slack-compatible channels. */
    channels: jsonb().$type<string[]>().notNull().default([]),
    webhookUrl: text(),
    /** Envelope of the secrets that sign: the one in force, and the one before while it is being replaced. */
    webhookSecret: text(),
    enabled: boolean().notNull().default(true),
    /** Nobody is told of it until then; it is looked at all the same. */
    mutedUntil: moment(),
    mutedBy: text(),
    state: text({ enum: monitorStates }).notNull().default("no_data"),
    streak: integer().notNull().default(0),
    pendingState: text({ enum: monitorStates }),
    value: doublePrecision(),
    n: integer(),
    checkedAt: moment(),
    toldAt: moment(),
    version: integer().notNull().default(1),
    createdBy: text().notNull(),
    createdAt: bornAt(),
    archivedAt: moment(),
  },
  (t) => [
    index("monitors_org_idx").on(t.orgId, t.id),
    check("monitors_comparator_check", oneOf("comparator", comparators)),
    check("monitors_state_check", oneOf("state", monitorStates)),
    check(
      "monitors_range_check",
      sql`window_minutes between 5 and 129600 and for_looks between 1 and 20 and cooldown_minutes >= 0 and min_n >= 1 and hysteresis >= 0`,
    ),
  ],
);

/** Something went wrong for a while: what, since when, what changed before it, and whom it touched. */
export const incidents = pgTable(
  "incidents",
  {
    id: id(),
    orgId: text().notNull(),
    monitorId: text().references(() => monitors.id),
    appId: text(),
    typeId: text(),
    severity: text({ enum: monitorStates }).notNull(),
    status: text({ enum: incidentStatuses }).notNull().default("open"),
    title: text().notNull(),
    /** Value and limit when it opened, the window, and the changes made shortly before. */
    detail: jsonb().$type<JsonObject>().notNull(),
    /** The event that opened it, of one that no monitor opened: a step-down, a breaker. */
    eventId: text(),
    acknowledgedBy: text(),
    acknowledgedAt: moment(),
    resolvedBy: text(),
    note: text(),
    openedAt: bornAt(),
    updatedAt: bornAt(),
    resolvedAt: moment(),
  },
  (t) => [
    index("incidents_org_idx").on(t.orgId, t.status, t.id),
    uniqueIndex("incidents_monitor_open_unique")
      .on(t.monitorId)
      .where(sql`status <> 'resolved'`),
    uniqueIndex("incidents_event_unique")
      .on(t.orgId, t.eventId)
      .where(sql`event_id is not null`),
    check("incidents_status_check", oneOf("status", incidentStatuses)),
    check("incidents_severity_check", oneOf("severity", monitorStates)),
  ],
);

/** One comparison of a window with its reference, for one feature of an app's decisions. */
export const driftChecks = pgTable(
  "drift_checks",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text().notNull(),
    typeId: text().notNull(),
    /** UTC day the window ends on. */
    day: text().notNull(),
    /** `confidence`, `predicted`, or a pointer into the input: `/text` (its length), `/channel`. */
    feature: text().notNull(),
    method: text({ enum: driftMethods }).notNull(),
    value: doublePrecision().notNull(),
    p: doublePrecision(),
    /** p after Benjamini–Hochberg over all features of the day. */
    q: doublePrecision(),
    nReference: integer().notNull(),
    nCurrent: integer().notNull(),
    state: text({ enum: driftStates }).notNull(),
    detail: jsonb().$type<JsonObject>(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("drift_checks_unique").on(t.appId, t.typeId, t.day, t.feature, t.method),
    index("drift_checks_org_idx").on(t.orgId, t.appId, t.typeId, t.day),
    check("drift_checks_method_check", oneOf("method", driftMethods)),
    check("drift_checks_state_check", oneOf("state", driftStates)),
  ],
);

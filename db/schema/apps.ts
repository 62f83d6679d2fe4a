import { sql } from "drizzle-orm";
import {
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
} from "drizzle-orm/pg-core";
import {
  autonomyLevels,
  connectorClasses,
  connectorKinds,
  queueOrders,
  reversibilities,
  timeoutActions,
  type Compensation,
  type Segment,
  type SeverityMinutes,
} from "@/lib/apps/schema";
import type { StoredActionConfig } from "@/lib/apps/action-config";
import type { StoredConnectorConfig } from "@/lib/apps/connector-config";
import type { JsonObject } from "@/lib/kernel/json";
import type { Verdict } from "@/lib/kernel/statuses";
import { assumedSeconds } from "@/lib/reviews/handling";
import { bornAt, id, minorUnits, moment, oneOf } from "./columns";
import { orgs } from "./orgs";

export const apps = pgTable(
  "apps",
  {
    id: id(),
    orgId: text()
      .notNull()
      .references(() => orgs.id),
    /** What API clients call it: `mail-guard`. */
    key: text().notNull(),
    name: text().notNull(),
    description: text().notNull().default(""),
    /** A user's id; not a foreign key, because users come later in the walk and may be erased. */
    ownerId: text(),
    createdAt: bornAt(),
    archivedAt: moment(),
  },
  (t) => [unique("apps_key_unique").on(t.orgId, t.key)],
);

export const connectors = pgTable(
  "connectors",
  {
    id: id(),
    orgId: text()
      .notNull()
      .references(() => orgs.id),
    key: text().notNull(),
    name: text().notNull(),
    kind: text({ enum: connectorKinds }).notNull(),
    class: text({ enum: connectorClasses }).notNull(),
    /** Part of what an approval signs: raised by every change but one credential for another. */
    version: integer().notNull().default(1),
    config: jsonb().$type<StoredConnectorConfig>().notNull(),
    /** AES-256-GCM envelope of the credential; never returned. */
    secret: text(),
    /** The same for the secret that signs what a target reports back. */
    callbackSecret: text(),
    createdBy: text(),
    createdAt: bornAt(),
    updatedAt: bornAt(),
  },
  (t) => [
    unique("connectors_key_unique").on(t.orgId, t.key),
    check("connectors_kind_check", oneOf("kind", connectorKinds)),
    check("connectors_class_check", oneOf("class", connectorClasses)),
  ],
);

export const connectorActions = pgTable(
  "connector_actions",
  {
    id: id(),
    orgId: text().notNull(),
    connectorId: text()
      .notNull()
      .references(() => connectors.id),
    key: text().notNull(),
    name: text().notNull(),
    config: jsonb().$type<StoredActionConfig>().notNull(),
    createdAt: bornAt(),
  },
  (t) => [unique("connector_actions_key_unique").on(t.connectorId, t.key)],
);

export const queues = pgTable(
  "queues",
  {
    id: id(),
    orgId: text()
      .notNull()
      .references(() => orgs.id),
    key: text().notNull(),
    name: text().notNull(),
    leaseSeconds: integer().notNull().default(900),
    /** How long a verdict given on screen can be taken back before it takes effect. */
    undoSeconds: integer().notNull().default(5),
    description: text().notNull().default(""),
    /** A CEL expression over the decision: true sends it here. Null: only types and apps that name this queue. */
    rule: text(),
    /** Rules are asked in this order; the first that is true wins. */
    position: integer().notNull().default(0),
    order: text("order_by", { enum: queueOrders }).notNull().default("sla"),
    /** Minutes by severity; what is absent follows the autonomy's SLA. */
    slaMinutes: jsonb()
      .$type<SeverityMinutes>()
      .notNull()
      .default(sql`'{}'::jsonb`),
    /** In place of the autonomy's on-timeout; null follows it. Time never approves. */
    onTimeout: text({ enum: timeoutActions }),
    /** Where an escalated review goes; null: it stays, due anew. */
    escalateToId: text(),
    /** Null: all of them. */
    verdicts: jsonb().$type<Verdict[]>(),
    /** In place of the type's; null follows it. */
    declineReasons: jsonb().$type<string[]>(),
    /** Reviews one person may hold here at once; null: no limit. */
    loadCap: integer(),
    autoAssign: boolean().notNull().default(false),
    /** A member needs all of these. */
    skills: jsonb()
      .$type<string[]>()
      .notNull()
      .default(sql`'[]'::jsonb`),
    /** Share of reviews whose model's side is hidden until the reviewer has answered; of known answers mixed in; of second looks. */
    blindRate: doublePrecision().notNull().default(0),
    goldRate: doublePrecision().notNull().default(0),
    doubleRate: doublePrecision().notNull().default(0),
    /** Above `dwellAmount` (minor units) a verdict needs this long a look. */
    dwellSeconds: integer().notNull().default(0),
    dwellAmount: minorUnits(),
    /** How long one member reviews on a working day; what the attention budget reckons with. */
    hoursPerDay: doublePrecision().notNull().default(6),
    version: integer().notNull().default(1),
    createdAt: bornAt(),
    archivedAt: moment(),
  },
  (t) => [
    unique("queues_key_unique").on(t.orgId, t.key),
    check("queues_order_check", oneOf("order_by", queueOrders)),
    check("queues_on_timeout_check", oneOf("on_timeout", timeoutActions)),
    check(
      "queues_range_check",
      sql`blind_rate between 0 and 1 and gold_rate between 0 and 1 and double_rate between 0 and 1
        and dwell_seconds >= 0 and lease_seconds > 0 and undo_seconds between 0 and 30 and (load_cap is null or load_cap > 0)`,
    ),
  ],
);

export const decisionTypes = pgTable(
  "decision_types",
  {
    id: id(),
    orgId: text()
      .notNull()
      .references(() => orgs.id),
    /** What API clients call it: `refund.issue`. */
    key: text().notNull(),
    name: text().notNull(),
    description: text().notNull().default(""),
    inputSchema: jsonb().$type<JsonObject>().notNull(),
    argumentsSchema: jsonb().$type<JsonObject>().notNull(),
    /** Null: nothing to carry out; an approval only records the ruling. */
    actionId: text().references(() => connectorActions.id),
    queueId: text()
      .notNull()
      .references(() => queues.id),
    reversibility: text({ enum: reversibilities }).notNull(),
    /** What a wrong yes (a false positive) and a wrong no cost, in minor units of `currency`. */
    costWrongYes: minorUnits().notNull().default(0),
    costWrongNo: minorUnits().notNull().default(0),
    currency: text().notNull().default("EUR"),
    /** RFC 6901 pointers into the arguments, when the action moves money. */
    amountPointer: text(),
    currencyPointer: text(),
    /** How a sentence about the action reads: "Refund {amount} on invoice {/invoice}". */
    summaryTemplate: text().notNull().default(""),
    declineReasons: jsonb()
      .$type<string[]>()
      .notNull()
      .default(sql`'[]'::jsonb`),
    /** For how long an approval may wait to be carried out, minutes. */
    approvalTtlMinutes: integer().notNull().default(1440),
    /** How what this type did is undone: another type's key, and a template for its arguments. */
    compensation: jsonb().$type<Compensation>(),
    /** By what its decisions are told apart when errors are compared: a key, a name and a pointer into the input. */
    segments: jsonb().$type<Segment[]>().notNull().default([]),
    /** It moves money or cannot be undone, or once did: letting more of it run alone takes two. A trigger keeps it. */
    raisingTakesTwo: boolean().notNull().default(false),
    /** How long a person is expected to look at one of its reviews; a worker keeps it, from how long people did. */
    handlingSeconds: doublePrecision().notNull().default(assumedSeconds),
    version: integer().notNull().default(1),
    createdAt: bornAt(),
    updatedAt: bornAt(),
    archivedAt: moment(),
  },
  (t) => [
    unique("decision_types_key_unique").on(t.orgId, t.key),
    check("decision_types_reversibility_check", oneOf("reversibility", reversibilities)),
    check("decision_types_handling_check", sql`handling_seconds > 0`),
  ],
);

/** How far an app may act alone with one decision type. No row means review_all. */
export const autonomies = pgTable(
  "autonomies",
  {
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    typeId: text()
      .notNull()
      .references(() => decisionTypes.id),
    level: text({ enum: autonomyLevels }).notNull().default("review_all"),
    /** Confidence from which a proposal to act runs alone, and from which one to leave things alone stands. */
    threshold: doublePrecision(),
    declineThreshold: doublePrecision(),
    /** Share of what ran alone that a person re-judges, 0 to 1. */
    auditRate: doublePrecision().notNull().default(0.1),
    /** Above this amount a person always decides; minor units of the type's currency. */
    amountCap: minorUnits(),
    slaMinutes: integer().notNull().default(240),
    onTimeout: text({ enum: timeoutActions }).notNull().default("escalate"),
    version: integer().notNull().default(1),
    updatedBy: text(),
    updatedAt: bornAt(),
  },
  (t) => [
    primaryKey({ name: "autonomies_pk", columns: [t.appId, t.typeId] }),
    index("autonomies_org_idx").on(t.orgId),
    check("autonomies_level_check", oneOf("level", autonomyLevels)),
    // Time never approves: the column cannot even say so.
    check("autonomies_on_timeout_check", oneOf("on_timeout", timeoutActions)),
    check(
      "autonomies_range_check",
      sql`(threshold is null or threshold between 0 and 1) and (decline_threshold is null or decline_threshold between 0 and 1) and audit_rate between 0 and 1 and sla_minutes > 0`,
    ),
  ],
);

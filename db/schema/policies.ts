import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
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
  agentKinds,
  versionStatuses,
  type Finding,
  type Fixture,
  type PolicyRule,
} from "@/lib/policies/schema";
import type { JsonObject } from "@/lib/kernel/json";
import { bornAt, id, moment, oneOf } from "./columns";
import { apps } from "./apps";
import { orgs } from "./orgs";

export const policies = pgTable(
  "policies",
  {
    id: id(),
    orgId: text()
      .notNull()
      .references(() => orgs.id),
    /** Null: every app. */
    appId: text().references(() => apps.id),
    key: text().notNull(),
    name: text().notNull(),
    description: text().notNull().default(""),
    /** Policies are asked in this order; the most restrictive answer wins all the same. */
    position: integer().notNull().default(0),
    /** Raised by every change, so that two editors notice each other. */
    version: integer().notNull().default(1),
    createdBy: text().notNull(),
    createdAt: bornAt(),
    archivedAt: moment(),
  },
  (t) => [unique("policies_key_unique").on(t.orgId, t.key)],
);

/** What a policy said from one publishing to the next. Only a draft is ever changed. */
export const policyVersions = pgTable(
  "policy_versions",
  {
    id: id(),
    orgId: text().notNull(),
    policyId: text()
      .notNull()
      .references(() => policies.id),
    number: integer().notNull(),
    status: text({ enum: versionStatuses }).notNull().default("draft"),
    rules: jsonb().$type<PolicyRule[]>().notNull(),
    fixtures: jsonb().$type<Fixture[]>().notNull(),
    note: text().notNull().default(""),
    /** Who wrote its last word: not the one who publishes it. */
    editedBy: text().notNull(),
    editedAt: bornAt(),
    shadowedAt: moment(),
    publishedBy: text(),
    publishedAt: moment(),
    retiredAt: moment(),
    /** In shadow: decisions it was asked about, and those it would have routed otherwise. */
    asked: integer().notNull().default(0),
    diverged: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    createdAt: bornAt(),
  },
  (t) => [
    unique("policy_versions_number_unique").on(t.policyId, t.number),
    uniqueIndex("policy_versions_published_unique")
      .on(t.policyId)
      .where(sql`status = 'published'`),
    uniqueIndex("policy_versions_open_unique")
      .on(t.policyId)
      .where(sql`status in ('draft', 'shadow')`),
    index("policy_versions_live_idx")
      .on(t.orgId, t.policyId)
      .where(sql`status in ('shadow', 'published')`),
    check("policy_versions_status_check", oneOf("status", versionStatuses)),
    check(
      "policy_versions_published_check",
      sql`(status in ('draft', 'shadow')) = (published_at is null) and (published_by is null or published_by <> edited_by)`,
    ),
  ],
);

/** A decision that a version in shadow would have routed otherwise. */
export const policyDivergences = pgTable(
  "policy_divergences",
  {
    id: id(),
    orgId: text().notNull(),
    versionId: text()
      .notNull()
      .references(() => policyVersions.id),
    decisionId: text().notNull(),
    ruleId: text(),
    /** The route it took, and the one it would have taken. */
    was: text().notNull(),
    would: text().notNull(),
    createdAt: bornAt(),
  },
  (t) => [unique("policy_divergences_unique").on(t.versionId, t.decisionId)],
);

/**
 * How often a live version's rules were asked and held, by UTC day. Figures for the eye, written after decisions were
 * answered: a process that dies loses its last seconds.
 */
export const policyDays = pgTable(
  "policy_days",
  {
    orgId: text().notNull(),
    versionId: text().notNull(),
    ruleId: text().notNull(),
    day: date().notNull(),
    asked: integer().notNull(),
    hits: integer().notNull(),
    failed: integer().notNull(),
  },
  (t) => [primaryKey({ name: "policy_days_pk", columns: [t.versionId, t.ruleId, t.day] })],
);

/** What looks for harm in text, per organisation; its findings can only add caution. */
export const moderationAgents = pgTable(
  "moderation_agents",
  {
    id: id(),
    orgId: text()
      .notNull()
      .references(() => orgs.id),
    key: text().notNull(),
    kind: text({ enum: agentKinds }).notNull(),
    name: text().notNull(),
    enabled: boolean().notNull().default(true),
    version: integer().notNull().default(1),
    /** Thresholds by category, and a model's address; never its key. */
    config: jsonb().$type<JsonObject>().notNull(),
    /** AES-256-GCM envelope of a model's key; never returned. */
    secret: text(),
    /** Precision and recall with their n on its labelled set, and when that was measured. */
    measured: jsonb().$type<JsonObject>(),
    updatedBy: text().notNull(),
    updatedAt: bornAt(),
  },
  (t) => [
    unique("moderation_agents_key_unique").on(t.orgId, t.key),
    check("moderation_agents_kind_check", oneOf("kind", agentKinds)),
  ],
);

/** What agents saw in a decision; most decisions have no row here. */
export const decisionFindings = pgTable(
  "decision_findings",
  {
    decisionId: text().primaryKey(),
    orgId: text().notNull(),
    findings: jsonb().$type<Finding[]>().notNull(),
    createdAt: bornAt(),
  },
  (t) => [index("decision_findings_created_idx").on(t.orgId, t.createdAt)],
);

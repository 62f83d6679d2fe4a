import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import { keyKinds, roles, type Scope } from "@/lib/identity/schema";
import type { JsonObject } from "@/lib/kernel/json";
import { bornAt, id, moment, oneOf } from "./columns";
import { apps } from "./apps";
import { orgs } from "./orgs";

export const users = pgTable(
  "users",
  {
    id: id(),
    orgId: text()
      .notNull()
      .references(() => orgs.id),
    email: text().notNull(),
    name: text().notNull(),
    role: text({ enum: roles }).notNull(),
    /** argon2id; null for a person who only signs in through OIDC. */
    passwordHash: text(),
    oidcSubject: text(),
    /** Bumped when the role changes; sessions made before are refused. */
    roleVersion: integer().notNull().default(1),
    disabledAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    unique("users_email_unique").on(t.orgId, t.email),
    unique("users_oidc_subject_unique").on(t.oidcSubject),
    check("users_role_check", oneOf("role", roles)),
  ],
);

export const sessions = pgTable(
  "sessions",
  {
    /** SHA-256 of the random session id in the cookie: a dump of this table opens nothing. */
    sidHash: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    roleVersion: integer().notNull(),
    authMethod: text({ enum: ["password", "oidc"] }).notNull(),
    userAgent: text(),
    createdAt: bornAt(),
    lastSeenAt: bornAt(),
    expiresAt: moment().notNull(),
    revokedAt: moment(),
  },
  (t) => [index("sessions_user_idx").on(t.userId)],
);

export const invitations = pgTable(
  "invitations",
  {
    id: id(),
    orgId: text()
      .notNull()
      .references(() => orgs.id),
    email: text().notNull(),
    name: text().notNull(),
    role: text({ enum: roles }).notNull(),
    tokenHash: text().notNull(),
    invitedBy: text().references(() => users.id),
    createdAt: bornAt(),
    expiresAt: moment().notNull(),
    acceptedAt: moment(),
    revokedAt: moment(),
  },
  (t) => [
    unique("invitations_token_hash_unique").on(t.tokenHash),
    check("invitations_role_check", oneOf("role", roles)),
  ],
);

/** App keys (bound to an app, hold scopes) and personal access tokens (bound to a person, hold their role). */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: id(),
    orgId: text()
      .notNull()
      .references(() => orgs.id),
    kind: text({ enum: keyKinds }).notNull(),
    appId: text().references(() => apps.id),
    userId: text().references(() => users.id),
    name: text().notNull(),
    /** The public part, shown again in lists: `sk_test_<12 characters>`. */
    prefix: text().notNull(),
    /** HMAC-SHA256(pepper, secret), hex. */
    secretHash: text().notNull(),
    scopes: jsonb().$type<Scope[]>().notNull(),
    livemode: boolean().notNull(),
    createdBy: text().references(() => users.id),
    createdAt: bornAt(),
    expiresAt: moment(),
    lastUsedAt: moment(),
    revokedAt: moment(),
  },
  (t) => [
    unique("api_keys_prefix_unique").on(t.prefix),
    check("api_keys_kind_check", oneOf("kind", keyKinds)),
    check(
      "api_keys_owner_check",
      // An app's key can never be a person's token, nor the other way round.
      sql`(kind = 'app' and app_id is not null and user_id is null) or (kind = 'personal' and user_id is not null and app_id is null)`,
    ),
  ],
);

/** One-time secrets that are not a person's: the set-up token. */
export const oneTimeTokens = pgTable(
  "one_time_tokens",
  {
    purpose: text().notNull(),
    tokenHash: text().notNull(),
    createdAt: bornAt(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  (t) => [primaryKey({ name: "one_time_tokens_pk", columns: [t.purpose, t.tokenHash] })],
);

/** Tries to sign in, by account and address: what makes each further one wait longer. Never locks anybody out. */
export const signInTries = pgTable("sign_in_tries", {
  /** HMAC of `email|address`, or of the address alone: no personal data. */
  key: text().primaryKey(),
  tries: integer().notNull(),
  lastAt: bornAt(),
  /** Until when further tries are refused without being looked at. */
  waitUntil: moment(),
});

/** What a person set for themselves, and what a lead says of them. No row: all as by default. */
export const userSettings = pgTable("user_settings", {
  userId: text()
    .primaryKey()
    .references(() => users.id),
  orgId: text().notNull(),
  /** What they may be asked about; queues name the skills they need. */
  skills: jsonb()
    .$type<string[]>()
    .notNull()
    .default(sql`'[]'::jsonb`),
  /** Away: nothing is assigned to them until then, and what was assigned goes back. */
  awayUntil: moment(),
  /** Shortcut id to keys, where they differ from the key map. */
  keymap: jsonb()
    .$type<Record<string, string>>()
    .notNull()
    .default(sql`'{}'::jsonb`),
  /** How and when they are told; read through its zod schema, whose defaults hold. */
  notifications: jsonb()
    .$type<JsonObject>()
    .notNull()
    .default(sql`'{}'::jsonb`),
  updatedAt: bornAt(),
});

import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { appealStatuses, channelKinds, deliveryKinds, deliveryStatuses } from "@/lib/notices/schema";
import type { JsonObject } from "@/lib/kernel/json";
import { bornAt, id, moment, oneOf } from "./columns";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A line in somebody's bell. */
export const notifications = pgTable(
  "notifications",
  {
    id: id(),
    orgId: text().notNull(),
    userId: text().notNull(),
    /** An event's type, or `mention`, `assigned`, … */
    kind: text().notNull(),
    title: text().notNull(),
    body: text().notNull().default(""),
    /** Where it leads: a path of the console. */
    href: text().notNull(),
    decisionId: text(),
    /** The same news is told once. */
    dedupeKey: text().notNull(),
    readAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("notifications_dedupe_unique").on(t.userId, t.dedupeKey),
    index("notifications_user_idx").on(t.userId, t.id),
    index("notifications_unread_idx")
      .on(t.userId, t.id)
      .where(sql`read_at is null`),
  ],
);

/** Where news goes besides the bell: one SMTP sender, Slack-compatible webhooks. Secrets are sealed, write-only. */
export const notificationChannels = pgTable(
  "notification_channels",
  {
    id: id(),
    orgId: text().notNull(),
    kind: text({ enum: channelKinds }).notNull(),
    name: text().notNull(),
    /** What is told here; read through its zod schema. */
    config: jsonb().$type<JsonObject>().notNull(),
    /** Envelope of the webhook's URL or the SMTP password. */
    secret: text(),
    enabled: boolean().notNull().default(true),
    createdBy: text().notNull(),
    createdAt: bornAt(),
    updatedAt: bornAt(),
  },
  () => [check("notification_channels_kind_check", oneOf("kind", channelKinds))],
);

/** One message on its way: tried again with growing pauses, and shown when it never arrived. */
export const notificationDeliveries = pgTable(
  "notification_deliveries",
  {
    id: id(),
    orgId: text().notNull(),
    channelId: text(),
    /** Null: to a channel, not to a person. */
    userId: text(),
    kind: text({ enum: deliveryKinds }).notNull(),
    /** The notifications it carries: several in a digest. */
    notificationIds: jsonb().$type<string[]>().notNull(),
    content: jsonb().$type<JsonObject>().notNull(),
    status: text({ enum: deliveryStatuses }).notNull().default("pending"),
    attempts: integer().notNull().default(0),
    /** Not before: a digest's time, the end of quiet hours, the next try. */
    notBefore: bornAt(),
    leaseUntil: moment(),
    error: text(),
    sentAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    index("notification_deliveries_due_idx")
      .on(t.orgId, t.notBefore)
      .where(sql`status = 'pending'`),
    index("notification_deliveries_org_idx").on(t.orgId, t.id),
    check("notification_deliveries_status_check", oneOf("status", deliveryStatuses)),
  ],
);

/** A signed link for the person a decision is about, and what they said through it. */
export const appeals = pgTable(
  "appeals",
  {
    id: id(),
    orgId: text().notNull(),
    decisionId: text().notNull(),
    /** SHA-256 of the token in the link. */
    tokenHash: text().notNull(),
    status: text({ enum: appealStatuses }).notNull().default("offered"),
    expiresAt: moment().notNull(),
    openedAt: moment(),
    statement: text(),
    contact: text(),
    submittedAt: moment(),
    reviewId: text(),
    dueAt: moment(),
    answer: text(),
    closedAt: moment(),
    createdBy: text().notNull(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("appeals_token_hash_unique").on(t.tokenHash),
    index("appeals_decision_idx").on(t.decisionId),
    index("appeals_open_idx")
      .on(t.orgId, t.dueAt)
      .where(sql`status = 'submitted'`),
    check("appeals_status_check", oneOf("status", appealStatuses)),
  ],
);

/** What came with an appeal. Served as a download only, never shown in a page. */
export const appealFiles = pgTable(
  "appeal_files",
  {
    id: id(),
    orgId: text().notNull(),
    appealId: text()
      .notNull()
      .references(() => appeals.id),
    name: text().notNull(),
    mediaType: text().notNull(),
    size: integer().notNull(),
    content: bytes().notNull(),
    createdAt: bornAt(),
  },
  (t) => [index("appeal_files_appeal_idx").on(t.appealId)],
);

import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { reviewKinds, reviewStatuses, verdicts } from "@/lib/reviews/schema";
import type { JsonObject } from "@/lib/kernel/json";
import { queues } from "./apps";
import { bornAt, id, moment, oneOf } from "./columns";
import { decisions } from "./decisions";

export const reviews = pgTable(
  "reviews",
  {
    id: id(),
    orgId: text().notNull(),
    decisionId: text()
      .notNull()
      .references(() => decisions.id),
    queueId: text()
      .notNull()
      .references(() => queues.id),
    kind: text({ enum: reviewKinds }).notNull().default("approval"),
    status: text({ enum: reviewStatuses }).notNull().default("open"),
    version: integer().notNull().default(1),
    dueAt: moment(),
    escalationLevel: integer().notNull().default(0),
    claimedBy: text(),
    claimedAt: moment(),
    leaseUntil: moment(),
    snoozedUntil: moment(),

    /** Given, and taking effect at `effectiveAt` unless taken back; the server owns the timer. */
    stagedVerdict: text({ enum: verdicts }),
    stagedBy: text(),
    stagedAt: moment(),
    effectiveAt: moment(),

    verdict: text({ enum: verdicts }),
    editedArguments: jsonb().$type<JsonObject>(),
    reasonCode: text(),
    note: text(),
    resolvedBy: text(),
    resolvedAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("reviews_one_live_per_decision")
      .on(t.decisionId, t.kind)
      .where(sql`status in ('open', 'claimed', 'snoozed')`),
    // Partial: the open queue stays small however long the history grows.
    index("reviews_open_idx")
      .on(t.orgId, t.id)
      .where(sql`status in ('open', 'claimed', 'snoozed')`),
    index("reviews_due_idx")
      .on(t.dueAt)
      .where(sql`status in ('open', 'claimed', 'snoozed')`),
    index("reviews_staged_idx")
      .on(t.effectiveAt)
      .where(sql`staged_verdict is not null and verdict is null`),
    index("reviews_decision_idx").on(t.decisionId),
    check("reviews_status_check", oneOf("status", reviewStatuses)),
    check("reviews_kind_check", oneOf("kind", reviewKinds)),
    check("reviews_verdict_check", oneOf("verdict", verdicts)),
    check("reviews_staged_verdict_check", oneOf("staged_verdict", verdicts)),
    check("reviews_resolved_check", sql`(status = 'resolved') = (verdict is not null)`),
  ],
);

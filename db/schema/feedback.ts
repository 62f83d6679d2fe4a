import { sql } from "drizzle-orm";
import { check, doublePrecision, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { truths } from "@/lib/decisions/schema";
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
    actor: text().notNull(),
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
    check("feedback_source_check", oneOf("source", feedbackSources)),
    check("feedback_vote_check", oneOf("vote", votes)),
    check("feedback_cause_check", oneOf("cause", causes)),
  ],
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

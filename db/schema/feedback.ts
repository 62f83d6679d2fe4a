import { check, doublePrecision, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
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
    createdAt: bornAt(),
  },
  (t) => [
    index("feedback_decision_idx").on(t.decisionId),
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
    index("outcomes_decision_idx").on(t.decisionId),
    check("outcomes_truth_check", oneOf("truth", truths)),
  ],
);


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
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { verdicts } from "@/lib/kernel/statuses";
import { bornAt, id, minorUnits, moment, oneOf } from "./columns";

/** What people tell each other about a decision. The app never sees it. */
export const notes = pgTable(
  "notes",
  {
    id: id(),
    orgId: text().notNull(),
    decisionId: text().notNull(),
    author: text().notNull(),
    text: text().notNull(),
    /** Ids of the people named in it. */
    mentions: jsonb().$type<string[]>().notNull(),
    createdAt: bornAt(),
  },
  (t) => [index("notes_decision_idx").on(t.decisionId, t.id)],
);

/** What was ruled before, in a form that alike cases are found by. Filled after the ruling, never by intake. */
export const precedents = pgTable(
  "precedents",
  {
    decisionId: text().primaryKey(),
    orgId: text().notNull(),
    typeId: text().notNull(),
    appId: text().notNull(),
    subjectType: text(),
    subjectId: text(),
    verdict: text({ enum: verdicts }).notNull(),
    reasonCode: text(),
    amount: minorUnits(),
    /** The words of input and arguments; indexed for full-text search by hand (the migration). */
    words: text().notNull(),
    ruledAt: moment().notNull(),
  },
  (t) => [
    index("precedents_type_idx").on(t.orgId, t.typeId, t.ruledAt),
    index("precedents_subject_idx")
      .on(t.orgId, t.typeId, t.subjectType, t.subjectId, t.ruledAt)
      .where(sql`subject_id is not null`),
    check("precedents_verdict_check", oneOf("verdict", verdicts)),
  ],
);

/** A filter with a name, of one person or shared. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: id(),
    orgId: text().notNull(),
    ownerId: text().notNull(),
    /** The list it is of: `inbox`, `decisions`, … */
    page: text().notNull(),
    name: text().notNull(),
    /** The page's query string, without the question mark. */
    query: text().notNull(),
    shared: boolean().notNull().default(false),
    createdAt: bornAt(),
  },
  (t) => [unique("saved_views_name_unique").on(t.ownerId, t.page, t.name)],
);

/** A past decision whose right answer is known, and of which copies are mixed into a queue. */
export const goldItems = pgTable(
  "gold_items",
  {
    id: id(),
    orgId: text().notNull(),
    queueId: text().notNull(),
    decisionId: text().notNull(),
    /** What is right about acting: approve, or decline. */
    expected: text({ enum: ["approve", "decline"] }).notNull(),
    /** How it is known: a person says so, or the decision's own truth did when it was marked. */
    source: text({ enum: ["person", "audit", "outcome"] }).notNull(),
    note: text(),
    markedBy: text().notNull(),
    createdAt: bornAt(),
    retiredAt: moment(),
    retiredBy: text(),
  },
  (t) => [
    uniqueIndex("gold_items_decision_unique")
      .on(t.queueId, t.decisionId)
      .where(sql`retired_at is null`),
    index("gold_items_queue_idx").on(t.orgId, t.queueId, t.id),
    check("gold_items_expected_check", sql`expected in ('approve', 'decline')`),
    check("gold_items_source_check", sql`source in ('person', 'audit', 'outcome')`),
  ],
);

/**
 * A review whose answer is known, or that somebody else answered before: a copy of a decision that carries nothing
 * out. The reviewer cannot tell it from another one.
 */
export const measures = pgTable(
  "measures",
  {
    id: id(),
    orgId: text().notNull(),
    kind: text({ enum: ["gold", "double"] }).notNull(),
    queueId: text().notNull(),
    /** Whose copy it is. */
    sourceDecisionId: text().notNull(),
    /** The review whose arrival (gold) or ruling (double) it was drawn for, and how: the draw is a keyed hash of its id. */
    causeReviewId: text().notNull(),
    probability: doublePrecision().notNull(),
    drawU: doublePrecision().notNull(),
    /** The copy that was put into the queue, and its review. */
    decisionId: text().notNull(),
    reviewId: text().notNull(),
    /** What is right (gold), or what the first reviewer said (double). */
    expected: text({ enum: verdicts }).notNull(),
    firstReviewer: text(),
    reviewer: text(),
    verdict: text({ enum: verdicts }),
    dwellMs: integer(),
    answeredAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("measures_decision_unique").on(t.decisionId),
    // At most one copy of a kind for each cause, however many workers draw.
    uniqueIndex("measures_cause_unique").on(t.causeReviewId, t.kind),
    // Partial: what nobody has answered yet.
    index("measures_waiting_idx")
      .on(t.orgId, t.id)
      .where(sql`answered_at is null`),
    check("measures_probability_check", sql`probability > 0 and probability <= 1`),
    index("measures_queue_idx").on(t.orgId, t.queueId, t.createdAt),
    index("measures_reviewer_idx").on(t.orgId, t.reviewer, t.answeredAt),
    index("measures_source_idx").on(t.sourceDecisionId),
  ],
);

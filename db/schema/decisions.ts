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
import { autonomyLevels } from "@/lib/apps/schema";
import {
  decisionStatuses,
  labelSources,
  predictions,
  routes,
  truths,
  type Citation,
  type ContextItem,
  type Model,
  type Reason,
} from "@/lib/decisions/schema";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { bornAt, id, minorUnits, moment, oneOf } from "./columns";

export const decisions = pgTable(
  "decisions",
  {
    id: id(),
    orgId: text().notNull(),
    /** Ids of rows that are never deleted (a trigger); a foreign key would look both up for every decision. */
    appId: text().notNull(),
    typeId: text().notNull(),
    externalId: text(),
    idempotencyKey: text(),
    /** SHA-256 of the canonical submission: the same key with another body is refused. */
    requestHash: text().notNull(),
    subjectType: text(),
    subjectId: text(),
    /** Where a person can look at the subject; http or https, never fetched. */
    subjectUrl: text(),
    input: jsonb().$type<JsonValue>().notNull(),
    context: jsonb().$type<ContextItem[]>(),
    arguments: jsonb().$type<JsonObject>().notNull(),
    predicted: text({ enum: predictions }).notNull(),
    rationale: text(),
    /** What the rationale says it rests on; null: it names nothing. */
    citations: jsonb().$type<Citation[]>(),
    confidence: doublePrecision(),
    model: jsonb().$type<Model>(),
    promptVersion: text(),
    amount: minorUnits(),
    currency: text(),
    metadata: jsonb().$type<Record<string, string>>(),
    livemode: boolean().notNull(),

    status: text({ enum: decisionStatuses }).notNull(),
    version: integer().notNull().default(1),
    route: text({ enum: routes }).notNull(),
    reasons: jsonb().$type<Reason[]>().notNull(),
    level: text({ enum: autonomyLevels }).notNull(),
    threshold: doublePrecision(),
    /** Probability that a person's label would be produced, set before the draw (autonomy.md's pi). */
    piLabel: doublePrecision().notNull(),
    piRef: doublePrecision().notNull(),
    drawU: doublePrecision().notNull(),
    auditDrawn: boolean().notNull(),
    /** Drawn, and its audit is not opened yet (it opens once the action has run). */
    auditPending: boolean().notNull(),

    /** What a person changed before approving; null when the proposal stands as submitted. */
    editedArguments: jsonb().$type<JsonObject>(),
    /** SHA-256 of the RFC 8785 form of action + arguments + connector version, stored when it was approved. */
    actionDigest: text(),
    /** Drawn at approval and carried by the one execution that may use it up; lapses at `approvalExpiresAt`. */
    approvalNonce: text(),
    approvalExpiresAt: moment(),
    /** How often it was approved; a second time only after it came back unsent. */
    approvals: integer().notNull().default(0),
    /** The target's state that the approval rests on, as `observe` read it. */
    observed: jsonb().$type<JsonValue>(),
    observedAt: moment(),
    /** The execution this decision would undo. */
    compensatesId: text(),
    /** The database's word that this undoing was sent and certainly did nothing: it may be proposed once more. */
    undoingFailed: boolean().notNull().default(false),
    /** `user:<id>` or `router`. */
    decidedBy: text(),
    decidedAt: moment(),
    expiresAt: moment(),
    /** The best truth known so far, kept beside the decision for lists; the record of it is in labels. */
    truth: text({ enum: truths }),
    /** Which label that truth is, and the propensity it carries: figures weigh by it without a join. */
    truthSource: text({ enum: labelSources }),
    truthPi: doublePrecision(),
    submittedBy: text().notNull(),
    /** A copy put into a queue to measure its reviewers: it carries nothing out and no figure counts it. */
    measure: boolean().notNull().default(false),
    /** The certification period it is evidence in; null: no contract, or a hard rule that no threshold could pass. */
    epochId: text(),
    /** What the confidence means as a probability of being right, by the map in force; null: no map was. */
    calibrated: doublePrecision(),
    calibrationId: text(),
    createdAt: bornAt(),
    updatedAt: bornAt(),
  },
  (t) => [
    uniqueIndex("decisions_idempotency_key_unique")
      .on(t.orgId, t.appId, t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
    uniqueIndex("decisions_external_id_unique")
      .on(t.orgId, t.appId, t.externalId)
      .where(sql`external_id is not null`),
    // Holds what volume and shares count, all of it fixed at intake, so that they never touch the wide rows.
    index("decisions_created_idx").on(
      t.orgId,
      t.createdAt,
      t.appId,
      t.typeId,
      t.promptVersion,
      t.route,
      t.piLabel,
      t.measure,
      t.predicted,
      t.confidence,
    ),
    // Partial: what has a truth, with everything confusion and calibration look at.
    index("decisions_labelled_idx")
      .on(
        t.orgId,
        t.createdAt,
        t.appId,
        t.typeId,
        t.promptVersion,
        t.route,
        t.status,
        t.predicted,
        t.confidence,
        t.threshold,
        t.truth,
        t.truthSource,
        t.truthPi,
        t.id,
      )
      .where(sql`truth is not null`),
    // Partial: what a person ruled on, for the override rate and the time it took.
    index("decisions_ruled_idx")
      .on(
        t.orgId,
        t.createdAt,
        t.appId,
        t.typeId,
        t.promptVersion,
        t.status,
        t.predicted,
        t.confidence,
        t.decidedAt,
      )
      .where(
        sql`route = 'review' and status in ('approved', 'declined') and decided_by like 'user:%' and not measure`,
      ),
    // Partial: what went to a person and was ended by something else, such as the clock.
    index("decisions_unruled_idx")
      .on(t.orgId, t.createdAt, t.appId, t.typeId, t.promptVersion, t.status)
      .where(
        sql`route = 'review' and status in ('approved', 'declined') and decided_by not like 'user:%' and not measure`,
      ),
    // Partial: the few that a person changed before approving.
    index("decisions_edited_idx")
      .on(t.orgId, t.createdAt)
      .where(sql`edited_arguments is not null`),
    // Partial: whatever did not simply run or end by itself is rare beside what did, and lists look for it by status.
    index("decisions_uncommon_idx")
      .on(t.orgId, t.status, t.createdAt, t.appId, t.typeId)
      .where(sql`status not in ('approved', 'recorded') and (status <> 'declined' or route <> 'decline')`),
    // Newest first by id, so that a policy's look at one subject's history is bounded however long that is.
    index("decisions_subject_idx")
      .on(t.orgId, t.subjectType, t.subjectId, t.id)
      .where(sql`subject_id is not null`),
    // Partial: the few that set a limit of their own and still wait for a person.
    // The organisation first, here and in the reviews' own: before the first analyze a plan prefers what begins so.
    index("decisions_expiry_idx")
      .on(t.orgId, t.expiresAt)
      .where(sql`expires_at is not null and status in ('in_review', 'awaiting_second')`),
    // At most one attempt to undo an execution that is live or in effect; those that came to nothing count no more.
    uniqueIndex("decisions_compensates_unique")
      .on(t.compensatesId)
      .where(
        sql`compensates_id is not null and not undoing_failed and status not in ('declined', 'expired', 'cancelled', 'superseded')`,
      ),
    // Partial: every attempt to undo something, the declined ones too.
    index("decisions_undoes_idx")
      .on(t.compensatesId)
      .where(sql`compensates_id is not null`),
    // Partial: what a contract rests on, in the order of decisions, with everything a fold looks at.
    index("decisions_epoch_idx")
      .on(
        t.epochId,
        t.id,
        t.confidence,
        t.route,
        t.auditDrawn,
        t.piLabel,
        t.piRef,
        t.predicted,
        t.status,
        t.truth,
        t.amount,
        t.createdAt,
      )
      .where(sql`epoch_id is not null`),
    // Partial: only what still waits for its audit to open.
    index("decisions_audit_pending_idx")
      .on(t.id)
      .where(sql`audit_pending`),
    check("decisions_status_check", oneOf("status", decisionStatuses)),
    check("decisions_route_check", oneOf("route", routes)),
    check("decisions_predicted_check", oneOf("predicted", predictions)),
    check("decisions_level_check", oneOf("level", autonomyLevels)),
    check("decisions_truth_check", oneOf("truth", truths)),
    check("decisions_truth_source_check", oneOf("truth_source", labelSources)),
    check(
      "decisions_truth_whole_check",
      sql`(truth is null) = (truth_source is null) and (truth is null) = (truth_pi is null)`,
    ),
    check("decisions_confidence_check", sql`confidence is null or confidence between 0 and 1`),
    check("decisions_propensity_check", sql`pi_label > 0 and pi_label <= 1 and pi_ref > 0 and pi_ref <= 1`),
    // No figure counts a measure, because it never has a truth; and nobody outside can name it.
    check(
      "decisions_measure_check",
      sql`not measure or (truth is null and route = 'review' and external_id is null and idempotency_key is null
        and compensates_id is null and not audit_drawn)`,
    ),
    // What runs must have been signed: an approved decision carries its digest.
    check("decisions_digest_check", sql`status <> 'approved' or action_digest is not null`),
  ],
);

/** What somebody who could know said the right answer was: one row a decision and source, with its propensity. */
export const labels = pgTable(
  "labels",
  {
    id: id(),
    orgId: text().notNull(),
    decisionId: text()
      .notNull()
      .references(() => decisions.id),
    source: text({ enum: labelSources }).notNull(),
    truth: text({ enum: truths }).notNull(),
    piLabel: doublePrecision().notNull(),
    actor: text().notNull(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("labels_decision_source_unique").on(t.decisionId, t.source),
    index("labels_created_idx").on(t.orgId, t.createdAt),
    // Partial: auditors' labels are few beside outcomes, and the error of what ran alone reads only these.
    index("labels_audit_idx")
      .on(t.orgId, t.decisionId, t.truth, t.piLabel)
      .where(sql`source = 'audit'`),
    check("labels_source_check", oneOf("source", labelSources)),
    check("labels_truth_check", oneOf("truth", truths)),
    check("labels_propensity_check", sql`pi_label > 0 and pi_label <= 1`),
  ],
);

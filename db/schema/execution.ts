import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { connectorClasses } from "@/lib/apps/schema";
import { attemptKinds, attemptOutcomes, executionKinds, executionStatuses } from "@/lib/execution/schema";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { connectorActions, connectors } from "./apps";
import { bornAt, id, minorUnits, moment, oneOf } from "./columns";
import { decisions } from "./decisions";

/** Every claim draws a new fence; a worker whose lease lapsed holds an old one and can settle nothing. */
export const fenceSeq = pgSequence("fence_seq");

export const executions = pgTable(
  "executions",
  {
    id: id(),
    orgId: text().notNull(),
    decisionId: text()
      .notNull()
      .references(() => decisions.id),
    appId: text().notNull(),
    /** Its decision's type; the database fills it in. */
    typeId: text().notNull().default(""),
    connectorId: text().references(() => connectors.id),
    actionId: text().references(() => connectorActions.id),
    connectorClass: text({ enum: connectorClasses }),
    connectorVersion: integer(),
    kind: text({ enum: executionKinds }).notNull().default("action"),
    /** The one idempotency key the target ever sees for this act. */
    actionKey: text().notNull(),
    /** The validated arguments that run, and the digest that was signed for them. */
    arguments: jsonb().$type<JsonObject>().notNull(),
    actionDigest: text().notNull(),
    /** The approval it uses up (see decisions.approvalNonce). */
    approvalNonce: text(),
    /** What the act moves, from the arguments that run; minor units. Null: no money. */
    amount: minorUnits(),
    currency: text(),
    /** The target's state the approval rests on; compared before the first byte is sent. */
    expectedState: jsonb().$type<JsonValue>(),
    /** The target's state right after the act: undoing it is only offered while it is still so. */
    leftState: jsonb().$type<JsonValue>(),
    /** The end of the undo window; nothing is sent before. */
    heldUntil: moment(),
    status: text({ enum: executionStatuses }).notNull().default("pending"),
    attempt: integer().notNull().default(0),
    maxAttempts: integer().notNull().default(8),
    fence: bigint({ mode: "number" }).notNull().default(0),
    leaseUntil: moment(),
    workerId: text(),
    nextAt: moment()
      .notNull()
      .default(sql`now()`),
    /** Set when an attempt's request may have reached the target; never cleared. */
    firstSentAt: moment(),
    /** When the latest claim was made; its request may have been sent from then on. */
    lastSentAt: moment(),
    /** The fence of the send that a look-up found to have left nothing; class B is sent again only then. */
    absentFence: bigint({ mode: "number" }),
    settledAt: moment(),
    /** The target's own name for what happened (re_…), for people and look-ups. */
    externalReference: text(),
    result: jsonb().$type<JsonValue>(),
    lastError: text(),
    needsPerson: boolean().notNull().default(false),
    /** Who asked for it to be sent again although its fate is open; never its approver. Cleared by the claim. */
    retryAskedBy: text(),
    executeBefore: moment(),
    createdAt: bornAt(),
    updatedAt: bornAt(),
  },
  (t) => [
    uniqueIndex("executions_one_action_per_decision")
      .on(t.decisionId)
      .where(sql`kind = 'action' and status <> 'cancelled'`),
    // Partial: the few taken back before they were sent; beside them at most one stands (the index above).
    index("executions_taken_back_idx")
      .on(t.decisionId)
      .where(sql`kind = 'action' and status = 'cancelled'`),
    uniqueIndex("executions_action_key_unique").on(t.actionKey),
    // By lane (app, type, connector), so that what a stopped or slow one has waiting costs the others nothing.
    index("executions_ready_idx")
      .on(t.orgId, t.appId, t.typeId, t.connectorId, t.nextAt)
      // A dead one is no person's any more once somebody else asked for it to be sent again.
      .where(sql`status in ('pending', 'unknown', 'dead') and not needs_person and connector_id is not null`),
    index("executions_lease_idx")
      .on(t.leaseUntil)
      .where(sql`status = 'in_flight'`),
    index("executions_attention_idx")
      .on(t.orgId, t.id)
      .where(
        sql`status in ('unknown', 'dead', 'disputed') or (status = 'pending' and last_error is not null)`,
      ),
    // Partial: the reconcile desk counts and pages through these alone.
    index("executions_desk_idx")
      .on(t.orgId, t.status, t.id)
      .where(sql`status in ('dead', 'disputed') or (status = 'unknown' and needs_person)`),
    index("executions_ended_badly_idx")
      .on(t.orgId, t.status, t.id)
      .where(sql`status in ('failed', 'cancelled')`),
    // Partial: which decisions' actions did not happen, or nobody knows, for figures that leave those out.
    index("executions_not_run_idx").on(t.orgId, t.decisionId, t.status)
      .where(sql`kind = 'action' and (status in ('failed', 'cancelled', 'unknown', 'dead', 'disputed')
          or (status = 'pending' and connector_id is null))`),
    check("executions_status_check", oneOf("status", executionStatuses)),
    check("executions_kind_check", oneOf("kind", executionKinds)),
  ],
);

export const attempts = pgTable(
  "attempts",
  {
    id: id(),
    orgId: text().notNull(),
    executionId: text()
      .notNull()
      .references(() => executions.id),
    kind: text({ enum: attemptKinds }).notNull(),
    /** The connector of a send whose breaker watches it; null elsewhere, so that others pay for no index. */
    watchedConnectorId: text(),
    attempt: integer().notNull(),
    fence: bigint({ mode: "number" }).notNull(),
    workerId: text().notNull(),
    outcome: text({ enum: attemptOutcomes }).notNull(),
    /** As sent, secrets masked. */
    request: jsonb().$type<JsonObject>(),
    responseStatus: integer(),
    responseBody: text(),
    error: text(),
    startedAt: bornAt(),
    endedAt: moment(),
  },
  (t) => [
    index("attempts_execution_idx").on(t.executionId),
    index("attempts_watched_idx")
      .on(t.watchedConnectorId, t.startedAt)
      .where(sql`watched_connector_id is not null`),
    check("attempts_kind_check", oneOf("kind", attemptKinds)),
    check("attempts_outcome_check", oneOf("outcome", attemptOutcomes)),
  ],
);

import { randomBytes } from "node:crypto";
import { sql, type SQL } from "drizzle-orm";
import type { Capability } from "@/lib/identity/matrix";
import { DomainError } from "@/lib/kernel/errors";
import type { EventType } from "@/lib/kernel/events";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import type { NewEvent } from "@/lib/server/events";
import { journalInsert, type JournalEntry } from "@/lib/server/journal";
import { hotRowsOf, rowsOf } from "@/lib/server/rows";
import { amountOf } from "../amount";
import type { DecisionStatus, Truth } from "../schema";
import { actionDigest } from "./digest";
import { holdDecision, setting, signedBy, type HeldDecision } from "./held-decision";
import { labelInsert, truthColumns, type LabelWrite } from "./label-sql";

export type Move = {
  decisionId: string;
  from: readonly DecisionStatus[];
  /** `in_review`: back from an approval that nothing was sent for. `awaiting_second`: others still have to approve. */
  to: "approved" | "declined" | "expired" | "cancelled" | "in_review" | "awaiting_second";
  /** What a person changed before approving; signed in place of the proposal's arguments. */
  editedArguments?: JsonObject;
  /** The target's state as it is now, for a decision that goes back because it changed. */
  observed?: JsonValue;
  /** Who decided, when it is not the actor of the context (a staged verdict that takes effect). */
  decidedBy?: string;
  /** A cancel that any reviewer may make: only while the action is held. */
  within?: "undo_window";
  /** What a reviewer's verdict says of the proposal; kept as their label, certain to be asked for. */
  reviewed?: Truth;
  /** Told after the move's own event, in the same statement. */
  news?: readonly NewEvent[];
};

const capabilityOf: Record<Move["to"], Capability> = {
  approved: "reviews.rule",
  declined: "reviews.rule",
  expired: "system.run",
  cancelled: "decisions.cancel",
  in_review: "system.run",
  awaiting_second: "reviews.rule",
};
const eventOf: Record<Move["to"], EventType> = {
  approved: "decision.approved",
  declined: "decision.declined",
  expired: "decision.expired",
  cancelled: "decision.cancelled",
  in_review: "decision.returned",
  awaiting_second: "decision.awaiting_second",
};

/**
 * Moves a decision, in the caller's transaction; the only writer of a decision's status after intake. An approval
 * signs the digest of what runs, draws the nonce that its one execution uses up, and creates that execution. All of it
 * is one statement. Throws `conflict` with the current status when the decision is no longer in one of `from`,
 * and `review_expired` for an approval after the decision's own limit.
 */
export async function moveDecision(ctx: Context, move: Move): Promise<{ executionId: string | null }> {
  // A staged verdict takes effect by a timer: the person was authorised when ruling, and is checked again there.
  if (!(ctx.actor.kind === "system" && move.decidedBy)) authorize(ctx, capabilityFor(move));
  const held = await holdDecision(ctx, move.decisionId);
  requireStatus(held, move);
  const isTakenBack = move.to === "cancelled" || move.to === "in_review";
  if (isTakenBack && held.decision_status === "approved") await cancelExecution(ctx, move);
  const { executionId } = await write(ctx, held, move);
  return { executionId };
}

/** What a move rests on besides the decision, in the same statement. */
export type Taking = {
  /** The decision as it was read. */
  held: HeldDecision;
  /** An UPDATE … FROM held (the decision's row, with `id`) … RETURNING: where it changes nothing, nothing moves. */
  update: SQL;
  entry: JournalEntry;
  /** More of the statement, as CTEs that read `moved`. */
  also?: readonly SQL[];
};

/**
 * Moves a decision that was only read, together with what entitles to it (a review that is taken) and its entry in the
 * journal: one statement, so that a ruling needs no transaction around it. Null when the decision is not what it was
 * read as any more, or the entitlement is gone; nothing is changed then.
 */
export async function takeAndMove(
  ctx: Context,
  move: Move,
  taking: Taking,
): Promise<{ executionId: string | null } | null> {
  authorize(ctx, capabilityFor(move));
  if (!move.from.includes(taking.held.decision_status)) return null;
  const { executionId, isMoved } = await write(ctx, taking.held, move, taking);
  return isMoved ? { executionId } : null;
}

async function write(ctx: Context, held: HeldDecision, move: Move, taking?: Taking) {
  const decidedBy = move.decidedBy ?? actorName(ctx.actor);
  // What is said of a measure is evidence of its reviewer, never a label of a decision.
  const label: LabelWrite | null =
    move.reviewed && !held.measure
      ? { source: "review", truth: move.reviewed, piLabel: 1, actor: actorName(ctx.actor) }
      : null;
  const execution = move.to === "approved" ? approvalOf(held, move.editedArguments) : null;
  const columns = {
    status: sql`${move.to}`,
    version: sql`version + 1`,
    updated_at: sql`now()`,
    ...standingColumns(move, decidedBy),
    ...(execution ? execution.columns : {}),
    ...(label ? truthColumns(label) : {}),
  };
  // The decision's row first: whoever changes a review too takes it in this order, so that nobody deadlocks.
  const entitled = taking
    ? sql`held as materialized (select id from decisions where id = ${held.decision_id} and approvals = ${held.approvals}
        and status = ${held.decision_status} and (expires_at is null or expires_at > now()) for update),
      taken as (${taking.update}),`
    : sql``;
  const told = await hotRowsOf(
    ctx.db,
    sql`with ${entitled} moved as (update decisions set ${setting(columns)} where id = ${held.decision_id}
        ${taking ? sql`and exists (select 1 from taken)` : sql``}
        returning id, org_id, app_id, approval_nonce, approval_expires_at, observed)
      ${taking ? sql`, journalled as (${journalInsert(ctx, taking.entry, sql`moved`)})` : sql``}
      ${execution?.insert ? sql`, executed as (${execution.insert})` : sql``}
      ${taking?.also?.length ? sql`, ${sql.join([...taking.also], sql`, `)}` : sql``}
      ${move.to === "in_review" ? sql`, voided as (${voiding})` : sql``}
      ${label ? sql`, labelled as (${labelInsert(label, sql`moved`)})` : sql``}
      ${eventsInsert(move)} returning id`,
  );
  return { executionId: execution?.executionId ?? null, isMoved: told.length > 0 };
}

// Whoever decided, once it is decided; while others still have to approve, what they are to approve.
function standingColumns(move: Move, decidedBy: string): Record<string, SQL> {
  if (move.to === "in_review") return unsigned(move);
  if (move.to !== "awaiting_second") {
    const decided = { decided_by: sql`${decidedBy}`, decided_at: sql`now()` };
    // Nothing of an edit is left where nothing was approved; the review that made it keeps it.
    return move.to === "declined" ? { ...decided, edited_arguments: sql`null` } : decided;
  }
  const { editedArguments: edited } = move;
  return { edited_arguments: edited === undefined ? sql`null` : sql`${JSON.stringify(edited)}::jsonb` };
}

// No approval outlives the way back: whoever gave it gives it anew for how things are now. What somebody changed stays
// theirs, because it is what comes before a person again.
const voiding = sql`update approvals set voided_at = now() from moved
  where approvals.decision_id = moved.id and voided_at is null and verdict <> 'edit'`;

function capabilityFor({ to, within }: Move): Capability {
  return to === "cancelled" && within === "undo_window" ? "decisions.undo" : capabilityOf[to];
}

function requireStatus(held: HeldDecision, move: Move): void {
  if (move.from.includes(held.decision_status)) {
    if (!held.is_past || (move.to !== "approved" && move.to !== "awaiting_second")) return;
    throw new DomainError("gone", "The time for this is over: nothing was done", { code: "review_expired" });
  }
  throw new DomainError("conflict", `The decision is already ${held.decision_status}`, {
    extra: { decision_status: held.decision_status, decided_by: held.decided_by },
  });
}

type Approval = { columns: Record<string, SQL>; executionId: string | null; insert: SQL | null };

/** What an approval sets on the decision, and the execution that carries it; none where there is nothing to run. */
function approvalOf(held: HeldDecision, edited: JsonObject | undefined): Approval {
  const args = edited ?? held.arguments;
  const digest = actionDigest(signedBy(held, args));
  const columns = {
    action_digest: sql`${digest}`,
    edited_arguments: edited === undefined ? sql`null` : sql`${JSON.stringify(edited)}::jsonb`,
    approval_nonce: sql`${randomBytes(16).toString("hex")}`,
    // Nothing is sent after the decision's own limit either, however long the approval would hold.
    approval_expires_at: sql`least(now() + make_interval(secs => ${held.hold_seconds + held.approval_ttl_minutes * 60}::int), expires_at)`,
    approvals: sql`approvals + 1`,
  };
  if (held.action_id === null || held.measure) return { columns, executionId: null, insert: null };
  const executionId = newId("execution");
  return { columns, executionId, insert: executionInsert(held, { executionId, args, digest }) };
}

type Signed = { executionId: string; args: JsonObject; digest: string };

function executionInsert(held: HeldDecision, { executionId, args, digest }: Signed): SQL {
  const money = amountOf(args, {
    amountPointer: held.amount_pointer,
    currencyPointer: held.currency_pointer,
    currency: held.type_currency,
  });
  const heldFor =
    held.hold_seconds > 0 ? sql`now() + make_interval(secs => ${held.hold_seconds}::int)` : null;
  return sql`insert into executions (id, org_id, decision_id, app_id, type_id, connector_id, action_id, connector_class,
      connector_version, max_attempts, action_key, arguments, action_digest, amount, currency, approval_nonce,
      execute_before, expected_state, held_until, next_at)
    select ${executionId}, org_id, id, app_id, ${held.type_id}, ${held.connector_id}, ${held.action_id},
      ${held.connector_class}, ${held.connector_version}::int, ${held.max_attempts}::int,
      ${actionKeyOf(held.decision_id, held.approvals + 1)}, ${JSON.stringify(args)}::jsonb, ${digest},
      ${money?.amount ?? null}::bigint, ${money?.currency ?? null}, approval_nonce, approval_expires_at,
      ${held.observe === null ? sql`null` : sql`observed`}, ${heldFor ?? sql`null`}, ${heldFor ?? sql`now()`}
    from moved`;
}

// What an approval left, taken away again; nothing ran alone, so nothing is left to audit. Its edit is not: what comes
// back is what was approved, never the proposal that a person had put right.
function unsigned({ observed }: Move): Record<string, SQL> {
  return {
    decided_by: sql`null`,
    decided_at: sql`null`,
    action_digest: sql`null`,
    approval_nonce: sql`null`,
    approval_expires_at: sql`null`,
    audit_pending: sql`false`,
    // What was approved before approvals were counted was approved once.
    approvals: sql`greatest(approvals, 1)`,
    ...(observed === undefined
      ? {}
      : { observed: sql`${JSON.stringify(observed)}::jsonb`, observed_at: sql`now()` }),
  };
}

function eventsInsert({ decisionId, to, news = [] }: Move): SQL {
  const told = [{ type: eventOf[to], subject: decisionId, data: { status: to } }, ...news];
  return sql`insert into events (org_id, type, decision_id, subject, data)
    select moved.org_id, e.type, moved.id, e.subject, coalesce(e.data, '{}')
    from moved, json_to_recordset(${JSON.stringify(told)}::json) as e(type text, subject text, data jsonb)`;
}

// Only what no worker has claimed can be taken back; the guard in the where is what makes that true under a race.
async function cancelExecution(ctx: Context, { decisionId, within }: Move): Promise<void> {
  const isHeld = within === "undo_window" ? sql`and held_until > now()` : sql``;
  const cancelled = await rowsOf(
    ctx.db,
    sql`update executions set status = 'cancelled', settled_at = now(), updated_at = now()
      where decision_id = ${decisionId} and kind = 'action' and status = 'pending' and org_id = ${ctx.orgId}
        ${isHeld} returning id`,
  );
  if (cancelled.length > 0) return;
  throw new DomainError(
    "conflict",
    within === "undo_window"
      ? "its action is not held (any more)"
      : "its action was already claimed by a worker",
  );
}

/** The one idempotency key the target ever sees for a decision's action: of its first approval, or of its n-th. */
export function actionKeyOf(decisionId: string, approval = 1): string {
  return approval === 1 ? `exec_${decisionId}` : `exec_${decisionId}_${approval}`;
}

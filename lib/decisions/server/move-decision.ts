import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Capability } from "@/lib/identity/matrix";
import { DomainError } from "@/lib/kernel/errors";
import type { EventType } from "@/lib/kernel/events";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import type { NewEvent } from "@/lib/server/events";
import { rowsOf } from "@/lib/server/rows";
import { amountOf } from "../amount";
import type { DecisionStatus, Truth } from "../schema";
import { actionDigest } from "./digest";
import { holdDecision, signedBy, type HeldDecision } from "./held-decision";
import { moveAll, type ExecutionItem, type MoveItem } from "./decision-moves-sql";

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
  const item = moveItem(ctx, held, move);
  await moveAll(ctx.db, [item]);
  return { executionId: item.execution?.id ?? null };
}

/** What the statement is told of a move of this decision, as it was read. */
export function moveItem(ctx: Context, held: HeldDecision, move: Move): MoveItem {
  const { decisionId, to, editedArguments: edited, observed, reviewed, news = [] } = move;
  return {
    decision_id: decisionId,
    goes_to: to,
    decider: move.decidedBy ?? actorName(ctx.actor),
    edited,
    ...(observed !== undefined && { looked: { observed } }),
    ...(to === "approved" && approvalOf(held, edited)),
    // What is said of a measure is evidence of its reviewer, never a label of a decision.
    ...(reviewed &&
      !held.measure && {
        label: { id: newId("label"), truth: reviewed, pi: 1, actor: actorName(ctx.actor) },
      }),
    told: [{ type: eventOf[to], subject: decisionId, data: { status: to } }, ...news],
  };
}

/** What the actor of a move must be allowed to. */
export function capabilityFor({ to, within }: Move): Capability {
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

/** What an approval signs, and the execution that carries it; none where there is nothing to run. */
function approvalOf(
  held: HeldDecision,
  edited: JsonObject | undefined,
): Pick<MoveItem, "signed" | "execution"> {
  const args = edited ?? held.arguments;
  const signed = {
    digest: actionDigest(signedBy(held, args)),
    nonce: randomBytes(16).toString("hex"),
    seconds: held.hold_seconds + held.approval_ttl_minutes * 60,
  };
  if (held.action_id === null || held.measure) return { signed };
  return { signed, execution: executionOf(held, held.action_id, args) };
}

function executionOf(held: HeldDecision, actionId: string, args: JsonObject): ExecutionItem {
  const money = amountOf(args, {
    amountPointer: held.amount_pointer,
    currencyPointer: held.currency_pointer,
    currency: held.type_currency,
  });
  return {
    id: newId("execution"),
    type_id: held.type_id,
    connector_id: held.connector_id,
    action_id: actionId,
    connector_class: held.connector_class,
    connector_version: held.connector_version,
    max_attempts: held.max_attempts,
    action_key: actionKeyOf(held.decision_id, held.approvals + 1),
    arguments: args,
    ...money,
    hold_seconds: held.hold_seconds,
    observes: held.observe !== null,
  };
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

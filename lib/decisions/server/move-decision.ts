import { and, eq, sql } from "drizzle-orm";
import { connectorActions, connectors, decisions, decisionTypes, executions } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { EventType } from "@/lib/kernel/events";
import { actorName, type Context } from "@/lib/server/context";
import { authorize } from "@/lib/server/authorize";
import type { Capability } from "@/lib/identity/matrix";
import { emit } from "@/lib/server/events";
import type { DecisionStatus } from "../schema";
import { actionDigest } from "./digest";

export type Move = {
  decisionId: string;
  from: readonly DecisionStatus[];
  /** `in_review`: back from an approval that nothing was sent for. */
  to: "approved" | "declined" | "expired" | "cancelled" | "in_review";
  /** What a person changed before approving; signed in place of the proposal's arguments. */
  editedArguments?: JsonObject;
  /** The target's state as it is now, for a decision that goes back because it changed. */
  observed?: JsonValue;
  /** Who decided, when it is not the actor of the context (a staged verdict that takes effect). */
  decidedBy?: string;
};

const capabilityOf: Record<Move["to"], Capability> = {
  approved: "reviews.rule",
  declined: "reviews.rule",
  expired: "system.run",
  cancelled: "decisions.cancel",
  in_review: "system.run",
};
const eventOf: Record<Move["to"], EventType> = {
  approved: "decision.approved",
  declined: "decision.declined",
  expired: "decision.expired",
  cancelled: "decision.cancelled",
  in_review: "decision.returned",
};

/**
 * Moves a decision, in the caller's transaction; the only writer of a decision's status after intake. An approval
 * signs the digest of what runs and creates its execution, once. Throws `conflict` with the current status when the
 * decision is no longer in one of `from`.
 */
export async function moveDecision(ctx: Context, move: Move): Promise<{ executionId: string | null }> {
  // A staged verdict takes effect by a timer: the person was authorised when ruling, and is checked again there.
  if (!(ctx.actor.kind === "system" && move.decidedBy)) authorize(ctx, capabilityOf[move.to]);
  const decision = await lockDecision(ctx, move);
  const isTakenBack = move.to === "cancelled" || move.to === "in_review";
  if (isTakenBack && decision.status === "approved") await cancelExecution(ctx, decision.id);
  const signed = move.to === "approved" ? await sign(ctx, decision, move.editedArguments) : null;
  await ctx.db
    .update(decisions)
    .set({
      status: move.to,
      version: decision.version + 1,
      decidedBy: move.decidedBy ?? actorName(ctx.actor),
      decidedAt: sql`now()`,
      updatedAt: sql`now()`,
      ...(move.to === "in_review" ? { ...unsigned, ...observedNow(move) } : {}),
      ...(signed
        ? {
            actionDigest: signed.digest,
            editedArguments: move.editedArguments ?? null,
            approvals: decision.approvals + 1,
          }
        : {}),
    })
    .where(eq(decisions.id, decision.id));
  const executionId = signed?.action ? await createExecution(ctx, decision, signed) : null;
  await emit(ctx, {
    type: eventOf[move.to],
    subject: decision.id,
    decisionId: decision.id,
    data: { status: move.to },
  });
  return { executionId };
}

// What an approval left, taken away again; nothing ran alone, so nothing is left to audit.
const unsigned = {
  decidedBy: null,
  decidedAt: null,
  actionDigest: null,
  approvalNonce: null,
  approvalExpiresAt: null,
  editedArguments: null,
  auditPending: false,
  // What was approved before approvals were counted was approved once.
  approvals: sql`greatest(${decisions.approvals}, 1)`,
};

function observedNow({ observed }: Move) {
  return observed === undefined ? {} : { observed, observedAt: sql`now()` };
}

type LockedDecision = {
  status: DecisionStatus;
  id: string;
  appId: string;
  typeId: string;
  arguments: JsonObject;
  version: number;
  approvals: number;
};

async function lockDecision(ctx: Context, move: Move): Promise<LockedDecision> {
  const [decision] = await ctx.db
    .select()
    .from(decisions)
    .where(and(eq(decisions.id, move.decisionId), eq(decisions.orgId, ctx.orgId)))
    .for("update");
  if (!decision) throw new DomainError("not_found", `There is no decision ${move.decisionId}`);
  if (!move.from.includes(decision.status)) {
    throw new DomainError("conflict", `The decision is already ${decision.status}`, {
      extra: { decision_status: decision.status, decided_by: decision.decidedBy },
    });
  }
  return decision;
}

type Signed = {
  digest: string;
  arguments: JsonObject;
  action: {
    id: string;
    connectorId: string;
    version: number;
    class: "A" | "B" | "C";
    maxAttempts: number;
  } | null;
};

async function sign(ctx: Context, decision: LockedDecision, edited: JsonObject | undefined): Promise<Signed> {
  const [action] = await ctx.db
    .select({
      id: connectorActions.id,
      connectorId: connectors.id,
      version: connectors.version,
      class: connectors.class,
      maxAttempts: sql<number>`coalesce((${connectors.config} ->> 'max_attempts')::int, 8)`,
    })
    .from(decisionTypes)
    .innerJoin(connectorActions, eq(connectorActions.id, decisionTypes.actionId))
    .innerJoin(connectors, eq(connectors.id, connectorActions.connectorId))
    .where(eq(decisionTypes.id, decision.typeId));
  const args = edited ?? decision.arguments;
  const digest = actionDigest({
    decisionId: decision.id,
    actionId: action?.id ?? null,
    connectorId: action?.connectorId ?? null,
    connectorVersion: action?.version ?? null,
    arguments: args,
  });
  return { digest, arguments: args, action: action ?? null };
}

async function createExecution(
  ctx: Context,
  decision: LockedDecision,
  signed: Signed,
): Promise<string | null> {
  if (!signed.action) return null;
  const id = newId("execution");
  await ctx.db.insert(executions).values({
    id,
    orgId: ctx.orgId,
    decisionId: decision.id,
    appId: decision.appId,
    connectorId: signed.action.connectorId,
    actionId: signed.action.id,
    connectorClass: signed.action.class,
    connectorVersion: signed.action.version,
    maxAttempts: signed.action.maxAttempts,
    actionKey: actionKeyOf(decision.id, decision.approvals + 1),
    arguments: signed.arguments,
    actionDigest: signed.digest,
  });
  return id;
}

// Only what no worker has claimed can be taken back; the guard in the where is what makes that true under a race.
async function cancelExecution(ctx: Context, decisionId: string): Promise<void> {
  const cancelled = await ctx.db
    .update(executions)
    .set({ status: "cancelled", settledAt: sql`now()`, updatedAt: sql`now()` })
    .where(
      and(
        eq(executions.decisionId, decisionId),
        eq(executions.kind, "action"),
        eq(executions.status, "pending"),
      ),
    )
    .returning({ id: executions.id });
  if (cancelled.length === 0) throw new DomainError("conflict", "its action was already claimed by a worker");
}

/** The one idempotency key the target ever sees for a decision's action: of its first approval, or of its n-th. */
export function actionKeyOf(decisionId: string, approval = 1): string {
  return approval === 1 ? `exec_${decisionId}` : `exec_${decisionId}_${approval}`;
}

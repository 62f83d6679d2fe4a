import { sql } from "drizzle-orm";
import type { Compensation } from "@/lib/apps/schema";
import { completeArguments } from "@/lib/apps/server/arguments-as-signed";
import { changesBetween } from "@/lib/decisions/observed";
import { readDecision } from "@/lib/decisions/server/get-decision";
import type { DecisionStatus, DecisionView } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { ExecutionStatus } from "@/lib/kernel/statuses";
import { personOf } from "@/lib/reviews/server/review-sql";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { fillCompensation } from "../fill-compensation";
import { lookAgain } from "./left-state";
import { writeCompensation, type UndoingType } from "./write-compensation";

/** An execution with what undoing it needs. */
type Undoable = {
  id: string;
  status: ExecutionStatus;
  decision_id: string;
  app_id: string;
  livemode: boolean;
  subject_type: string | null;
  subject_id: string | null;
  subject_url: string | null;
  arguments: JsonObject;
  reference: string | null;
  result: JsonValue;
  left_state: JsonValue;
  compensation: Compensation | null;
  by_type: UndoingType | null;
  standing: { decision_id: string; status: DecisionStatus } | null;
  /** Tries that were sent and certainly did nothing. */
  failed_tries: number;
};

/**
 * Proposes to undo an execution: an ordinary decision of the type that its own type names, which another person always
 * reviews. Only of one that succeeded, only while its target is still as it left it (read now, and again before
 * anything is sent), and only while no other try is live or in effect: one that was declined, taken back, or ended
 * `failed` (nothing happened) makes room for the next. Throws `not_compensable`, `already_compensated` with the decision that
 * stands, `state_changed` with the fields that differ, `cannot_observe`, `validation_failed`.
 */
export async function compensateExecution(
  ctx: Context,
  input: { params: { id: string }; body: { reason: string } },
): Promise<DecisionView> {
  authorize(ctx, "executions.compensate");
  const proposer = personOf(ctx);
  const undone = await readUndoable(ctx, input.params.id);
  const { type, compensation } = requireUndoable(undone);
  await requireLeftAlone(ctx, undone);
  const { value, errors } = completeArguments(
    { typeId: type.id, version: type.version, schema: type.arguments_schema },
    fillCompensation(compensation.arguments, undone),
  );
  if (errors.length > 0) {
    const [first] = errors;
    const where = `${first?.pointer ?? ""} ${first?.message ?? "does not fit"}`;
    throw new DomainError("invalid", `The compensation's template does not fit ${type.name}: ${where}`, {
      code: "validation_failed",
      errors,
    });
  }
  const decisionId = await writeCompensation(ctx, {
    undone,
    type,
    arguments: value,
    reason: input.body.reason,
    proposer,
  });
  if (decisionId === null) throw alreadyProposed((await readUndoable(ctx, undone.id)).standing);
  return readDecision(ctx, decisionId);
}

/** Reads an execution for undoing. Throws `not_found`. */
export async function readUndoable(ctx: Context, id: string): Promise<Undoable> {
  const [undone] = await rowsOf<Undoable>(
    ctx.db,
    sql`select e.id, e.status, e.decision_id, e.app_id, d.livemode, d.subject_type, d.subject_id, d.subject_url, e.arguments,
        e.external_reference as reference, e.result, e.left_state, t.compensation,
        (select json_build_object('id', o.id, 'name', o.name, 'version', o.version, 'arguments_schema', o.arguments_schema,
            'queue_id', o.queue_id, 'amount_pointer', o.amount_pointer, 'currency_pointer', o.currency_pointer,
            'currency', o.currency, 'sla_minutes', coalesce(au.sla_minutes, 240))
          from decision_types o left join autonomies au on au.app_id = e.app_id and au.type_id = o.id
          where o.org_id = e.org_id and o.key = t.compensation ->> 'type' and o.archived_at is null) as by_type,
        (select json_build_object('decision_id', c.id, 'status', c.status) from decisions c where c.compensates_id = e.id
          and c.status not in ('declined', 'expired', 'cancelled', 'superseded')
          and (not c.undoing_failed or exists (select 1 from executions x where x.decision_id = c.id
            and x.status not in ('failed', 'cancelled')))
          order by c.undoing_failed, c.id desc limit 1) as standing,
        (select count(*)::int from decisions c where c.compensates_id = e.id and c.undoing_failed) as failed_tries
      from executions e join decisions d on d.id = e.decision_id join decision_types t on t.id = d.type_id
      where e.id = ${id} and e.org_id = ${ctx.orgId} and e.kind = 'action'`,
  );
  if (!undone) throw new DomainError("not_found", `There is no execution ${id}`);
  return undone;
}

/** Why it cannot be undone whoever asks, in one sentence; null when it can. */
export function refusalOf({ status, compensation, by_type }: Undoable): string | null {
  if (!compensation) return "Nothing says how this type of action is undone.";
  if (!by_type) return `The type that undoes this (${compensation.type}) is not there, or is archived.`;
  if (status !== "succeeded")
    return `Only what succeeded can be undone; this is ${status.replace("_", " ")}.`;
  return null;
}

function requireUndoable(undone: Undoable): { type: UndoingType; compensation: Compensation } {
  const refusal = refusalOf(undone);
  const { by_type: type, compensation } = undone;
  if (refusal !== null || !type || !compensation) {
    throw new DomainError("conflict", refusal ?? "This cannot be undone", { code: "not_compensable" });
  }
  if (undone.standing) throw alreadyProposed(undone.standing);
  return { type, compensation };
}

function alreadyProposed(standing: Undoable["standing"]): DomainError {
  return new DomainError("conflict", "Somebody proposed to undo this already", {
    code: "already_compensated",
    extra: standing ? { decision_id: standing.decision_id, decision_status: standing.status } : {},
  });
}

async function requireLeftAlone(ctx: Context, undone: Undoable): Promise<void> {
  const now = await lookAgain(ctx, undone.id);
  if (!now) return;
  if (undone.left_state === null) {
    throw new DomainError(
      "conflict",
      "What it left was not read at the time, so nobody can tell what changed since",
      {
        code: "state_changed",
      },
    );
  }
  if (now.observed === null) {
    throw new DomainError("unavailable", `Its system cannot be read now: ${now.error ?? "no answer"}`, {
      code: "cannot_observe",
    });
  }
  const changes = changesBetween(undone.left_state, now.observed);
  if (changes.length === 0) return;
  const named = changes
    .slice(0, 3)
    .map(({ pointer, before, after }) => `${pointer || "its state"} ${shown(before)} → ${shown(after)}`);
  throw new DomainError(
    "conflict",
    `Changed since this was carried out: ${named.join(", ")}. Undoing would overwrite that`,
    {
      code: "state_changed",
      extra: { changes },
    },
  );
}

function shown(value: JsonValue): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

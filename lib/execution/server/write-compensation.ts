import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { amountOf } from "@/lib/decisions/amount";
import { canonicalJson } from "@/lib/kernel/canonical";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";

/** The type whose decisions undo what another did. */
export type UndoingType = {
  id: string;
  name: string;
  version: number;
  arguments_schema: JsonObject;
  queue_id: string;
  amount_pointer: string | null;
  currency_pointer: string | null;
  currency: string;
  sla_minutes: number;
};

export type NewCompensation = {
  undone: {
    id: string;
    decision_id: string;
    app_id: string;
    livemode: boolean;
    subject_type: string | null;
    subject_id: string | null;
    subject_url: string | null;
    reference: string | null;
  };
  type: UndoingType;
  arguments: JsonObject;
  reason: string;
  /** `user:<id>`; somebody else approves it. */
  proposer: string;
};

const reasons = [
  {
    kind: "level",
    code: "compensation",
    message: "Undoing is always a person's to decide, and never the proposer's",
  },
];

/**
 * Writes the decision that would undo an execution, with its review and events, in one transaction. Null when one
 * stands already: the database lets only one, however many ask at once.
 */
export function writeCompensation(ctx: Context, made: NewCompensation): Promise<string | null> {
  return inTransaction(ctx, async (ctx) => {
    const decisionId = await insert(ctx, made);
    if (decisionId === null) return null;
    await record(ctx, "execution.compensation_proposed", made.undone.id, { decision: decisionId });
    return decisionId;
  });
}

async function insert(ctx: Context, { undone, type, reason, proposer, ...made }: NewCompensation) {
  const id = newId("decision");
  const reviewId = newId("review");
  const money = amountOf(made.arguments, {
    amountPointer: type.amount_pointer,
    currencyPointer: type.currency_pointer,
    currency: type.currency,
  });
  const input = { undoes: undone.id, decision: undone.decision_id, reference: undone.reference, reason };
  const hash = createHash("sha256")
    .update(canonicalJson({ input, arguments: made.arguments }))
    .digest("hex");
  const routed = { route: "review", app_id: undone.app_id, by: proposer };
  const [written] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`with born as (
        insert into decisions (id, org_id, app_id, type_id, request_hash, subject_type, subject_id, subject_url, input, arguments,
          predicted, rationale, amount, currency, livemode, status, route, reasons, level, pi_label, pi_ref, draw_u,
          audit_drawn, audit_pending, compensates_id, submitted_by)
        values (${id}, ${ctx.orgId}, ${undone.app_id}, ${type.id}, ${hash}, ${undone.subject_type}, ${undone.subject_id}, ${undone.subject_url},
          ${JSON.stringify(input)}::jsonb, ${JSON.stringify(made.arguments)}::jsonb, 'positive', ${reason},
          ${money?.amount ?? null}::bigint, ${money?.currency ?? null}, ${undone.livemode}, 'in_review', 'review',
          ${JSON.stringify(reasons)}::jsonb, 'review_all', 1, 1, 1, false, false, ${undone.id}, ${proposer})
        on conflict do nothing returning id, org_id, app_id, type_id),
      opened as (
        insert into reviews (id, org_id, decision_id, app_id, type_id, queue_id, kind, status, due_at)
        select ${reviewId}, org_id, id, app_id, type_id, ${type.queue_id}, 'approval', 'open',
          now() + make_interval(mins => ${type.sla_minutes}::int) from born),
      told as (
        insert into events (org_id, type, decision_id, subject, data)
        select org_id, 'decision.created', id, id, ${JSON.stringify(routed)}::jsonb from born
        union all
        select org_id, 'execution.compensation_proposed', ${undone.decision_id}, ${undone.id},
          jsonb_build_object('decision_id', id, 'by', ${proposer}::text) from born)
      select id from born`,
  );
  return written?.id ?? null;
}

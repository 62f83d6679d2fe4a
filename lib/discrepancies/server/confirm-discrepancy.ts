import { sql } from "drizzle-orm";
import type { Truth } from "@/lib/decisions/schema";
import type { EvidenceSpan } from "@/lib/feedback/evidence";
import { giveFeedback } from "@/lib/feedback/server/give-feedback";
import { standing } from "@/lib/feedback/server/standing";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { Cause } from "@/lib/kernel/statuses";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { Proposal } from "../proposal";
import type { ConfirmDiscrepancy, DiscrepancyView } from "../schema";
import type { Sides } from "../sides";
import type { DiscrepancyStatus } from "../vocabulary";
import { causeKeyOf } from "./cause-key";
import { citedSpans } from "./cited-spans";
import { getDiscrepancy, suggestedTruth } from "./get-discrepancy";
import { holdIssues, rollUp } from "./roll-up";

type Held = {
  decision_id: string;
  app_id: string;
  type_id: string;
  proposal: Proposal | null;
  status: DiscrepancyStatus;
  sides: Sides;
  cause: Cause | null;
  proposed_cause: Cause | null;
  issue_id: string | null;
};

/**
 * A person says which cause it was, which words show it, and what was right. It becomes feedback of source `auditor` and
 * rolls up into an issue. Throws `own_side` to whoever ruled on the decision, `conflict` when somebody decided it already,
 * `validation_failed` for words that do not stand there, `not_attachable` for an issue that it does not belong to.
 */
export async function confirmDiscrepancy(
  ctx: Context,
  { id, ...said }: ConfirmDiscrepancy & { id: string },
): Promise<DiscrepancyView> {
  authorize(ctx, "discrepancies.confirm");
  const seen = await getDiscrepancy(ctx, { id });
  return inTransaction(ctx, async (ctx) => {
    await holdIssues(ctx, seen, { cause: said.cause, named: said.issue_id });
    const held = await holdWaiting(ctx, id);
    const truth = said.truth ?? suggestedTruth(held.sides);
    const evidence = await citedSpans(ctx, { decisionId: held.decision_id, proposal: held.proposal }, said);
    await rowsOf(
      ctx.db,
      sql`update discrepancies set status = 'confirmed', cause = ${said.cause}, truth = ${truth}, note = ${said.note ?? null},
          evidence = ${evidence.length > 0 ? JSON.stringify(evidence) : null}::jsonb,
          decided_by = ${actorName(ctx.actor)}, decided_at = now(), ask_at = null, updated_at = now() where id = ${id}`,
    );
    await sayCause(ctx, { id, decision: held.decision_id }, { ...said, evidence });
    await rollUp(ctx, { id, held, cause: said.cause, named: said.issue_id });
    await tell(ctx, id, held, { cause: said.cause, truth, quotes: evidence.length });
    return getDiscrepancy(ctx, { id });
  });
}

/** The record of a discrepancy that still waits for a person, held until the transaction ends. */
export async function holdWaiting(ctx: Context, id: string): Promise<Held> {
  const [held] = await rowsOf<Held>(
    ctx.db,
    sql`select decision_id, app_id, type_id, proposal, status, sides, cause, proposed_cause, issue_id from discrepancies
      where id = ${id} and org_id = ${ctx.orgId} for update`,
  );
  if (!held) throw new DomainError("not_found", `There is no discrepancy ${id}`);
  if (held.sides.reviewer?.by === actorName(ctx.actor)) {
    const message = "Your own ruling is one of the sides; somebody else says which cause it was.";
    throw new DomainError("forbidden", message, { code: "own_side" });
  }
  if (held.status === "open" || held.status === "proposed") return held;
  throw new DomainError("conflict", `This discrepancy is ${held.status} already.`, { code: "conflict" });
}

// An admin has no voice among the sources: the cause is told by the house, the journal names the person.
async function sayCause(
  ctx: Context,
  { id, decision }: { id: string; decision: string },
  { cause, note, evidence }: Pick<ConfirmDiscrepancy, "cause" | "note"> & { evidence: EvidenceSpan[] },
): Promise<void> {
  const isAuditor = ctx.actor.kind === "user" && ctx.actor.role === "auditor";
  const speaker: Context = isAuditor ? ctx : { ...ctx, actor: { kind: "system", id: "discrepancies" } };
  const name = causeKeyOf(id);
  const { body } = await giveFeedback(speaker, {
    params: { decision },
    body: {
      source: "auditor",
      cause,
      ...(note ? { text: note } : {}),
      ...(evidence.length > 0 ? { evidence } : {}),
    },
    header: (asked) => (asked === "idempotency-key" ? `${name}${newId("request")}` : null),
  });
  // What was said before the house opened it again stands no longer.
  await rowsOf(
    ctx.db,
    sql`update feedback set replaced_by = ${body.id} where decision_id = ${decision} and org_id = ${ctx.orgId}
      and starts_with(idempotency_key, ${name}) and id <> ${body.id} and ${standing()}`,
  );
}

async function tell(
  ctx: Context,
  id: string,
  held: Held,
  data: { cause: Cause; truth: Truth; quotes: number },
): Promise<void> {
  const { decision_id: decisionId, proposed_cause: proposed } = held;
  const told = { step: "confirm", ...data, proposed };
  await emit(ctx, { type: "discrepancy.changed", subject: id, decisionId, data: told });
  await record(ctx, "discrepancy.confirmed", id, { decision: decisionId, ...data, proposed });
}

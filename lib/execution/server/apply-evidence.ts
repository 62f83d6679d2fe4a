import { sql } from "drizzle-orm";
import type { JsonValue } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { rowsOf } from "@/lib/server/rows";
import type { ExecutionStatus } from "../schema";
import { weighEvidence, type News, type Weighed } from "../weigh-evidence";
import { writeEvidence, type NewAttempt } from "./desk-row";

/** An execution as news of it is weighed; the caller holds its row. */
export type HeldExecution = {
  id: string;
  decision_id: string;
  status: ExecutionStatus;
  attempt: number;
  fence: number;
  was_sent: boolean;
  is_replaced: boolean;
};

export type Evidence = {
  news: News;
  reference: string | null;
  result: JsonValue;
  /** Who says so, as the beginning of a sentence: `Billing reports`. */
  source: string;
  attempt: NewAttempt;
};

/** The columns of {@link HeldExecution}, of alias e. */
export const heldColumns = sql`e.id, e.decision_id, e.status, e.attempt, e.fence::float8 as fence,
  e.first_sent_at is not null as was_sent, (e.status = 'cancelled' and
    (select d.status from decisions d where d.id = e.decision_id) <> 'cancelled') as is_replaced`;

/** Does what news of an execution asks for, in the caller's transaction, which holds its row. The caller records it. */
export async function applyEvidence(ctx: Context, held: HeldExecution, evidence: Evidence): Promise<Weighed> {
  authorize(ctx, "system.run");
  const weighed = weighEvidence(
    { status: held.status, wasSent: held.was_sent, isReplaced: held.is_replaced },
    evidence.news,
  );
  if (weighed === "too_early") return weighed;
  if (weighed === "settled") await settleByNews(ctx, held, evidence);
  if (weighed === "confirmed") await keepReference(ctx, held, evidence);
  if (weighed === "disputed") await dispute(ctx, held, sentenceOf(held, evidence));
  if (weighed === "unsent") await tellUnsent(ctx, held, evidence);
  await writeEvidence(ctx, held, evidence.attempt);
  return weighed;
}

async function settleByNews(ctx: Context, held: HeldExecution, { news, ...what }: Evidence): Promise<void> {
  const error = news === "failed" ? `${what.source} that nothing happened` : null;
  await rowsOf(
    ctx.db,
    sql`update executions set status = ${news}, settled_at = now(), needs_person = false, retry_asked_by = null,
        lease_until = null, external_reference = coalesce(${what.reference}, external_reference),
        result = coalesce(${what.result === null ? null : JSON.stringify(what.result)}::jsonb, result),
        last_error = ${error}, updated_at = now()
      where id = ${held.id}`,
  );
  await emit(ctx, {
    type: news === "succeeded" ? "decision.executed" : "decision.execution_updated",
    subject: held.id,
    decisionId: held.decision_id,
    data: { status: news, reference: what.reference, error, needs_person: false },
  });
}

async function keepReference(
  ctx: Context,
  held: HeldExecution,
  { reference, result }: Evidence,
): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`update executions set external_reference = coalesce(external_reference, ${reference}),
        result = coalesce(result, ${result === null ? null : JSON.stringify(result)}::jsonb)
      where id = ${held.id}`,
  );
}

/** Marks what has ended as disputed and tells everybody; never flips it. The caller holds the row and records it. */
export async function dispute(
  ctx: Context,
  held: Pick<HeldExecution, "id" | "decision_id" | "status">,
  sentence: string,
): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`update executions set status = 'disputed', needs_person = true, last_error = ${sentence}, updated_at = now()
      where id = ${held.id}`,
  );
  const about = { subject: held.id, decisionId: held.decision_id };
  const data = { status: "disputed", was: held.status, error: sentence, needs_person: true };
  await emit(
    ctx,
    { type: "decision.execution_updated", ...about, data },
    { type: "execution.disputed", ...about, data },
  );
}

// The machine has no way for it: an act that bears our key, and that we did not send. Somebody has to look.
async function tellUnsent(ctx: Context, held: HeldExecution, { source }: Evidence): Promise<void> {
  const sentence = `${source} that it happened, though we never sent it`;
  await rowsOf(
    ctx.db,
    sql`update executions set last_error = ${sentence}, updated_at = now(),
        needs_person = needs_person or status <> 'pending'
      where id = ${held.id}`,
  );
  await emit(ctx, {
    type: "execution.disputed",
    subject: held.id,
    decisionId: held.decision_id,
    data: { status: held.status, error: sentence, needs_person: true },
  });
}

function sentenceOf({ status }: HeldExecution, { news, source }: Evidence): string {
  const said = news === "succeeded" ? "that it happened" : "that nothing happened";
  return `${source} ${said}; our record says ${status}`;
}

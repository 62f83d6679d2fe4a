import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { standing } from "@/lib/feedback/server/standing";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { DiscrepancyView } from "../schema";
import { causeKeyOf } from "./cause-key";
import { getDiscrepancy } from "./get-discrepancy";

/**
 * Takes a confirmation or a dismissal back: the record waits for a person again, with what was proposed, and the feedback
 * that told its cause is withdrawn.
 */
export async function takeBackDiscrepancy(ctx: Context, { id }: { id: string }): Promise<DiscrepancyView> {
  authorize(ctx, "discrepancies.confirm");
  await getDiscrepancy(ctx, { id });
  return inTransaction(ctx, async (ctx) => {
    const [row] = await rowsOf<{ decision_id: string }>(
      ctx.db,
      sql`update discrepancies set status = case when proposed_cause is null then 'open' else 'proposed' end, cause = null, evidence = null,
          truth = null, note = null, decided_by = null, decided_at = null, issue_id = null, updated_at = now(),
          ask_at = case when proposal is null then now() end
        where id = ${id} and org_id = ${ctx.orgId} and status in ('confirmed', 'dismissed') returning decision_id`,
    );
    if (!row) throw new DomainError("conflict", "Nobody has decided this one yet.");
    const decisionId = row.decision_id;
    const withdrawn = await withdrawCause(ctx, { id, decisionId });
    await emit(ctx, { type: "discrepancy.changed", subject: id, decisionId, data: { step: "reopen" } });
    await record(ctx, "discrepancy.reopened", id, { decision: decisionId, withdrawn });
    return getDiscrepancy(ctx, { id });
  });
}

/** Withdraws what the confirmation told as feedback, and says so; the ids of it, none after a dismissal. */
async function withdrawCause(
  ctx: Context,
  { id, decisionId }: { id: string; decisionId: string },
): Promise<string[]> {
  const rows = await rowsOf<{ id: string; source: string; cause: string | null }>(
    ctx.db,
    sql`update feedback set withdrawn_at = now() where decision_id = ${decisionId} and org_id = ${ctx.orgId}
      and starts_with(idempotency_key, ${causeKeyOf(id)}) and ${standing()}
      returning id, source, cause`,
  );
  for (const { id: subject, source, cause } of rows)
    await emit(ctx, { type: "feedback.withdrawn", subject, decisionId, data: { source, cause } });
  return rows.map((row) => row.id);
}

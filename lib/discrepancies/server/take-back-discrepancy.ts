import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { DiscrepancyView } from "../schema";
import { getDiscrepancy } from "./get-discrepancy";

/** Takes a confirmation or a dismissal back: the record waits for a person again, with what was proposed. */
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
    await emit(ctx, { type: "discrepancy.changed", subject: id, decisionId, data: { step: "reopen" } });
    await record(ctx, "discrepancy.reopened", id, { decision: decisionId });
    return getDiscrepancy(ctx, { id });
  });
}

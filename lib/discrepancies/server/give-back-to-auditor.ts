import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { DiscrepancyView } from "../schema";
import { getDiscrepancy } from "./get-discrepancy";

/** Has a cause proposed anew, by whoever proposes for the app now. Throws `conflict` once a person has decided. */
export async function giveBackToAuditor(ctx: Context, { id }: { id: string }): Promise<DiscrepancyView> {
  authorize(ctx, "discrepancies.confirm");
  await getDiscrepancy(ctx, { id });
  return inTransaction(ctx, async (ctx) => {
    const [row] = await rowsOf<{ decision_id: string }>(
      ctx.db,
      sql`update discrepancies set status = 'open', proposal = null, proposed_cause = null, proposed_confidence = null,
          ask_at = now(), ask_tries = 0, ask_error = null, updated_at = now()
        where id = ${id} and org_id = ${ctx.orgId} and status in ('open', 'proposed') returning decision_id`,
    );
    if (!row) throw new DomainError("conflict", "A person has decided this one.");
    const decisionId = row.decision_id;
    await emit(ctx, { type: "discrepancy.changed", subject: id, decisionId, data: { step: "ask" } });
    await record(ctx, "discrepancy.asked_again", id, { decision: decisionId });
    return getDiscrepancy(ctx, { id });
  });
}

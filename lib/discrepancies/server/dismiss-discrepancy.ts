import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { DiscrepancyView, DismissDiscrepancy } from "../schema";
import { holdWaiting } from "./confirm-discrepancy";
import { getDiscrepancy } from "./get-discrepancy";

/** A person says that there is nothing in it, and why. Throws as confirming does. */
export async function dismissDiscrepancy(
  ctx: Context,
  { id, note }: DismissDiscrepancy & { id: string },
): Promise<DiscrepancyView> {
  authorize(ctx, "discrepancies.confirm");
  await getDiscrepancy(ctx, { id });
  return inTransaction(ctx, async (ctx) => {
    const { decision_id: decisionId } = await holdWaiting(ctx, id);
    await rowsOf(
      ctx.db,
      sql`update discrepancies set status = 'dismissed', note = ${note}, decided_by = ${actorName(ctx.actor)}, decided_at = now(),
          ask_at = null, issue_id = null, updated_at = now() where id = ${id}`,
    );
    await emit(ctx, { type: "discrepancy.changed", subject: id, decisionId, data: { step: "dismiss" } });
    await record(ctx, "discrepancy.dismissed", id, { decision: decisionId });
    return getDiscrepancy(ctx, { id });
  });
}

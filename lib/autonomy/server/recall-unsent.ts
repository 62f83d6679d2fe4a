import { sql } from "drizzle-orm";
import { returnToReview, type ReturnToReview } from "@/lib/execution/server/return-to-review";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

const mostRecalled = 500;

/**
 * Brings back to a person what an ended certification period had let run and nothing was sent for. What is being sent at
 * this moment, or approved by somebody, stays as it is. Answers how many came back.
 */
export async function recallUnsent(ctx: Context, epochId: string): Promise<number> {
  const waiting = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select e.id from executions e join decisions d on d.id = e.decision_id
      where e.org_id = ${ctx.orgId} and e.status = 'pending' and e.kind = 'action' and d.epoch_id = ${epochId}
        and d.status = 'approved' and d.route = 'execute' and d.decided_by = 'router'
      order by e.id limit ${mostRecalled}`,
  );
  const asSystem: Context = { ...ctx, actor: { kind: "system", id: "autonomy" } };
  const message = "Autonomy was taken back before this was sent: a person decides";
  let recalled = 0;
  for (const { id: executionId } of waiting) {
    const returned: ReturnToReview["returned"] = { code: "stepped_down", message, changes: [] };
    if (await returnToReview(asSystem, { executionId, returned })) recalled += 1;
  }
  return recalled;
}

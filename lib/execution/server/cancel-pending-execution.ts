import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/**
 * Cancels a decision's execution while nobody has claimed it, in the caller's transaction (before the decision itself
 * moves). Answers its id, or null when the decision has none. Throws `too_late_to_cancel` once it was claimed.
 */
export async function cancelPendingExecution(ctx: Context, decisionId: string): Promise<string | null> {
  authorize(ctx, "decisions.cancel");
  const [execution] = await rowsOf<{ id: string; status: string }>(
    ctx.db,
    // Waits for a claim under way, then sees what became of it.
    sql`select id, status from executions where decision_id = ${decisionId} and org_id = ${ctx.orgId}
      and kind = 'action' for update`,
  );
  if (!execution) return null;
  if (execution.status !== "pending") {
    throw new DomainError(
      "conflict",
      `Its action is already ${execution.status}; it cannot be cancelled any more`,
      {
        code: "too_late_to_cancel",
        extra: { execution_status: execution.status },
      },
    );
  }
  await rowsOf(
    ctx.db,
    sql`update executions set status = 'cancelled', settled_at = now(), updated_at = now() where id = ${execution.id}`,
  );
  return execution.id;
}

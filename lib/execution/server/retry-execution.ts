import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { RetryExecution } from "../desk";
import type { ExecutionView } from "../schema";
import { lockForDesk, requireOffered, viewAfter } from "./desk-row";

/**
 * Asks for an execution that is dead, or unknown and a person's, to be sent once more: the same bytes under the same
 * action key, by whichever worker claims it next. Throws `own_approval` for whoever approved it, `approval_lapsed`,
 * and `lookup_first` for a class B target that nobody has asked, unless told to go without.
 */
export async function retryExecution(ctx: Context, input: RetryExecution): Promise<ExecutionView> {
  authorize(ctx, "executions.retry");
  return inTransaction(ctx, async (ctx) => {
    const { row, offers } = await lockForDesk(ctx, input.id);
    requireOffered(offers.retry.refusal, row);
    if (offers.retry.isBlind && !input.without_lookup) {
      throw new DomainError("conflict", "Nobody has looked whether it happened; look it up first.", {
        code: "lookup_first",
        extra: { execution_status: row.status },
      });
    }
    await rowsOf(
      ctx.db,
      sql`update executions set retry_asked_by = ${actorName(ctx.actor)}, needs_person = false, next_at = now(),
        updated_at = now() where id = ${row.id}`,
    );
    const data = { status: row.status, reason: input.reason, is_blind: offers.retry.isBlind };
    await emit(
      ctx,
      { type: "execution.retry_asked", subject: row.id, decisionId: row.decision_id, data },
      {
        type: "decision.execution_updated",
        subject: row.id,
        decisionId: row.decision_id,
        data: { status: row.status, needs_person: false },
      },
    );
    await record(ctx, "execution.retry_asked", row.id, {
      ...data,
      attempt: row.attempt,
      fence: row.fence,
      is_key_over: offers.retry.warning !== null && row.connector_class === "A",
    });
    return viewAfter(ctx, row.id);
  });
}

import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ResolveExecution } from "../desk";
import type { ExecutionView } from "../schema";
import { lockForDesk, requireOffered, viewAfter, writeEvidence } from "./desk-row";

/**
 * Settles, by a person who found out, an execution that is unknown, dead or disputed; `failed` says that nothing
 * happened. The evidence is kept with its attempts. Throws `own_approval` for whoever approved the decision and
 * `conflict` for an execution whose fate is not open.
 */
export async function resolveExecution(ctx: Context, input: ResolveExecution): Promise<ExecutionView> {
  authorize(ctx, "executions.resolve");
  return inTransaction(ctx, async (ctx) => {
    const { row, offers } = await lockForDesk(ctx, input.id);
    requireOffered(offers.resolve.refusal, row);
    const { status, reference, note } = input;
    await rowsOf(
      ctx.db,
      sql`update executions set status = ${status}, settled_at = now(), needs_person = false, retry_asked_by = null,
          external_reference = coalesce(${reference}, external_reference), updated_at = now(),
          last_error = ${status === "failed" ? "Settled by a person: nothing happened" : null}
        where id = ${row.id}`,
    );
    await writeEvidence(ctx, row, {
      kind: "resolution",
      outcome: "resolved",
      request: { status, reference, note },
    });
    const data = { status, from: row.status, reference };
    await emit(
      ctx,
      {
        type: status === "succeeded" ? "decision.executed" : "decision.execution_updated",
        subject: row.id,
        decisionId: row.decision_id,
        data: { ...data, resolved_by: actorName(ctx.actor) },
      },
      { type: "execution.resolved", subject: row.id, decisionId: row.decision_id, data },
    );
    await record(ctx, "execution.resolved", row.id, {
      ...data,
      fence: row.fence,
      note_sha256: createHash("sha256").update(note).digest("hex"),
    });
    return viewAfter(ctx, row.id);
  });
}

import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ExecutionStatus } from "../schema";
import type { WaitingRow } from "./read-waiting";

/** A waiting execution that is not sent now: what it becomes, and why. */
export type Conclusion = {
  row: WaitingRow;
  /** `unknown` asks for a person; `postponed` stays what it is and is tried again in a minute. */
  to: "dead" | "failed" | "unknown" | "postponed";
  error: string | null;
};

/** Ends the waiting of executions that must not be sent, in the caller's transaction, which holds their rows. */
export async function concludeWaiting(ctx: Context, conclusions: Conclusion[]): Promise<void> {
  authorize(ctx, "system.run");
  if (conclusions.length === 0) return;
  const items = conclusions.map((conclusion) => ({
    id: conclusion.row.id,
    status: statusOf(conclusion),
    error: conclusion.error?.slice(0, 1000),
    asks: asksPerson(conclusion),
    keeps: conclusion.to === "postponed",
  }));
  await rowsOf(
    ctx.db,
    sql`update executions e set status = i.status, last_error = i.error, needs_person = i.asks,
        retry_asked_by = case when i.keeps then e.retry_asked_by end,
        next_at = now() + interval '1 minute',
        settled_at = case when i.status = 'failed' then now() end, updated_at = now()
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i(id text, status text, error text, asks boolean, keeps boolean)
      where e.id = i.id`,
  );
  await emit(
    ctx,
    ...conclusions.map((conclusion) => ({
      type: "decision.execution_updated" as const,
      subject: conclusion.row.id,
      decisionId: conclusion.row.decision_id,
      data: { status: statusOf(conclusion), error: conclusion.error, needs_person: asksPerson(conclusion) },
    })),
  );
  await record(ctx, "executions.concluded", ctx.orgId, {
    items: items.map(({ id, status }) => ({ execution: id, status })),
  });
}

function statusOf({ row, to }: Conclusion): ExecutionStatus {
  return to === "postponed" ? row.status : to;
}

function asksPerson({ to }: Conclusion): boolean {
  return to === "dead" || to === "unknown";
}

import { sql } from "drizzle-orm";
import type { z } from "zod";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { backOffMs } from "../back-off";
import type { LookedUp, LookupAnswer } from "../connector";
import type { LookUpView } from "../desk";
import type { LookUpReport } from "../schema";
import { doorOf, readWaiting, waitingOf, type WaitingRow } from "./read-waiting";

/**
 * Asks the target, by our key, whether an execution of unknown fate took effect, outside any transaction, and records
 * the answer by compare-and-set on the fence. Found: succeeded. Absent, once the settle delay is over: a refused one
 * is failed, another one may be sent again by the worker. Throws `conflict` when it is not of unknown fate or its
 * system cannot be asked.
 */
export async function lookUpExecution(
  ctx: Context,
  { executionId }: { executionId: string },
): Promise<LookUpReport> {
  authorize(ctx, "executions.look_up");
  const [row] = await readWaiting(ctx, sql`executions e`, sql`and e.id = ${executionId}`);
  if (!row) throw new DomainError("not_found", `There is no execution ${executionId}`);
  const connector = doorOf(row);
  requireDoubt(row, connector.canLookUp);
  const found = await connector.lookup({ actionKey: row.action_key, arguments: row.arguments });
  const isQuiet = row.quiet_ms === null || row.quiet_ms >= connector.settleDelayMs;
  return inTransaction(ctx, (ctx) =>
    settleLookUp(ctx, row, found, { ...waitingOf(row, connector), isQuiet }),
  );
}

/** {@link lookUpExecution} as the API answers it. */
export async function lookUpForApi(
  ctx: Context,
  { id }: { id: string },
): Promise<z.output<typeof LookUpView>> {
  authorize(ctx, "executions.look_up");
  const report = await lookUpExecution(ctx, { executionId: id });
  return { object: "lookup", execution_id: id, ...report };
}

function requireDoubt(row: WaitingRow, canLookUp: boolean): void {
  if (row.status !== "unknown" && row.status !== "dead") {
    throw new DomainError("conflict", `The execution is ${row.status}; there is nothing to look up`);
  }
  if (!canLookUp) throw new DomainError("conflict", "This system cannot be asked what it did");
}

async function settleLookUp(
  ctx: Context,
  row: WaitingRow,
  found: LookupAnswer,
  known: { isRefused: boolean; isQuiet: boolean },
): Promise<LookUpReport> {
  const { lookedUp } = found;
  const report = reportOf(row, lookedUp, known);
  const isNews = lookedUp.outcome === "absent" && known.isQuiet;
  const moved = await rowsOf(
    ctx.db,
    sql`update executions set status = ${report.status}, updated_at = now(),
        absent_fence = case when ${isNews} then fence else absent_fence end,
        external_reference = coalesce(${lookedUp.outcome === "found" ? lookedUp.reference : null}, external_reference),
        result = case when ${lookedUp.outcome === "found"} then ${jsonOf(lookedUp)}::jsonb else result end,
        last_error = case when ${lookedUp.outcome === "found"} then null else last_error end,
        needs_person = needs_person and ${report.status === row.status},
        retry_asked_by = case when ${report.status === row.status} then retry_asked_by end,
        settled_at = case when ${report.status !== row.status} then now() end,
        next_at = now() + make_interval(secs => ${isNews ? 0 : backOffMs(row.attempt, Math.random()) / 1000})
      where id = ${row.id} and org_id = ${ctx.orgId} and status = ${row.status} and fence = ${row.fence} returning id`,
  );
  if (moved.length === 0) throw new DomainError("conflict", "It moved on while it was looked up; look again");
  await writeAttempt(ctx, row, found);
  if (report.status !== row.status || ctx.actor.kind === "user") await tell(ctx, row, report);
  return report;
}

function reportOf(
  row: WaitingRow,
  lookedUp: LookedUp,
  { isRefused, isQuiet }: { isRefused: boolean; isQuiet: boolean },
): LookUpReport {
  const { outcome } = lookedUp;
  if (outcome === "found") {
    return { outcome, status: "succeeded", sentence: "The system has it: it was carried out." };
  }
  if (outcome === "ambiguous") return { outcome, status: row.status, sentence: lookedUp.error };
  if (!isQuiet) {
    return {
      outcome,
      status: row.status,
      sentence: "The system has nothing of it yet; it is too early to be sure.",
    };
  }
  if (isRefused) {
    return {
      outcome,
      status: "failed",
      sentence: "The system refused it and has nothing of it: nothing happened.",
    };
  }
  return { outcome, status: row.status, sentence: "The system has nothing of it." };
}

function jsonOf(lookedUp: LookedUp): string | null {
  return lookedUp.outcome === "found" ? JSON.stringify(lookedUp.result) : null;
}

async function writeAttempt(ctx: Context, row: WaitingRow, { lookedUp, request, answer }: LookupAnswer) {
  const response = answer.kind === "response" ? answer : null;
  await rowsOf(
    ctx.db,
    sql`insert into attempts (id, org_id, execution_id, kind, attempt, fence, worker_id, outcome, request,
        response_status, response_body, error, ended_at)
      values (${newId("attempt")}, ${ctx.orgId}, ${row.id}, 'lookup', ${row.attempt}, ${row.fence},
        ${actorName(ctx.actor)}, ${lookedUp.outcome}, ${JSON.stringify(doorOf(row).mask(request))}::jsonb,
        ${response?.status ?? null}, ${response ? response.text.slice(0, 16_384).toWellFormed().replaceAll("\u0000", "\uFFFD") : null},
        ${lookedUp.outcome === "ambiguous" ? lookedUp.error : null}, clock_timestamp())`,
  );
}

async function tell(ctx: Context, row: WaitingRow, report: LookUpReport): Promise<void> {
  await emit(ctx, {
    type: report.status === "succeeded" ? "decision.executed" : "decision.execution_updated",
    subject: row.id,
    decisionId: row.decision_id,
    data: { status: report.status, looked_up: report.outcome },
  });
  await record(ctx, "execution.looked_up", row.id, {
    outcome: report.outcome,
    status: report.status,
    fence: row.fence,
  });
}

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
import { RenderError } from "../render-request";
import { doorOf, readWaiting, waitingOf, type WaitingRow } from "./read-waiting";

/**
 * Asks the target, by our key, whether an execution of unknown fate took effect, outside any transaction, and records
 * the answer by compare-and-set on the fence. Found: succeeded. Absent, once the settle delay is over: a refused one
 * is failed, another one may be sent again by the worker. No clear answer: the worker asks again, later each time,
 * and after as many look-ups as there may be attempts it is a person's. Throws `conflict` when it is not of unknown
 * fate or its system cannot be asked.
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
  const found = await connector
    .lookup({ actionKey: row.action_key, arguments: row.arguments })
    .catch(unasked);
  if ("error" in found) return handOver(ctx, row, found.error);
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

// Arguments that do not fit the look-up's template never will: nothing is asked, and a person has to.
function unasked(error: unknown): { error: string } {
  if (error instanceof RenderError) return { error: `It cannot be looked up: ${error.message}` };
  throw error;
}

async function handOver(ctx: Context, row: WaitingRow, sentence: string): Promise<LookUpReport> {
  await inTransaction(ctx, async (ctx) => {
    const [handed] = await rowsOf(
      ctx.db,
      sql`update executions set needs_person = true, last_error = ${sentence}, updated_at = now()
        where id = ${row.id} and org_id = ${ctx.orgId} and status = ${row.status} and fence = ${row.fence}
          and not needs_person returning id`,
    );
    if (handed) await tellUnclear(ctx, row, sentence);
  });
  return { outcome: "ambiguous", status: row.status, sentence };
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
  const looks = await unclearLooks(ctx, row, lookedUp);
  // A person who looks is there already: only the worker's look-ups run out.
  const givesUp = ctx.actor.kind === "system" && looks > 0 && looks >= row.max_attempts;
  const unclear = `No clear answer to ${looks} look-ups; a person has to find out`;
  const moved = await rowsOf(
    ctx.db,
    sql`update executions set status = ${report.status}, updated_at = now(),
        absent_fence = case when ${isNews} then fence else absent_fence end,
        external_reference = coalesce(${lookedUp.outcome === "found" ? lookedUp.reference : null}, external_reference),
        result = case when ${lookedUp.outcome === "found"} then ${jsonOf(lookedUp)}::jsonb else result end,
        last_error = case when ${lookedUp.outcome === "found"} then null when ${givesUp} then ${unclear} else last_error end,
        needs_person = (needs_person or ${givesUp}) and ${report.status === row.status},
        retry_asked_by = case when ${report.status === row.status} then retry_asked_by end,
        settled_at = case when ${report.status !== row.status} then now() end,
        next_at = now() + make_interval(secs => ${isNews ? 0 : waitMs(found, looks) / 1000})
      where id = ${row.id} and org_id = ${ctx.orgId} and status = ${row.status} and fence = ${row.fence} returning id`,
  );
  if (moved.length === 0) throw new DomainError("conflict", "It moved on while it was looked up; look again");
  await writeAttempt(ctx, row, found);
  if (report.status !== row.status || ctx.actor.kind === "user") await tell(ctx, row, report);
  if (givesUp) await tellUnclear(ctx, row, unclear);
  return report;
}

/** How many of the worker's look-ups since the last send had no clear answer, with this one; 0 where this one had. */
async function unclearLooks(ctx: Context, row: WaitingRow, { outcome }: LookedUp): Promise<number> {
  if (outcome !== "ambiguous") return 0;
  const [before] = await rowsOf<{ looks: number }>(
    ctx.db,
    sql`select count(*)::int as looks from attempts
      where execution_id = ${row.id} and fence = ${row.fence} and kind = 'lookup' and outcome = 'ambiguous'
        and worker_id not like 'user:%'`,
  );
  return (before?.looks ?? 0) + 1;
}

/** Until the next look-up; a target that says when to come back is not asked sooner. */
function waitMs({ answer }: LookupAnswer, looks: number): number {
  const asked = answer.kind === "response" ? (answer.retryAfterMs ?? 0) : 0;
  return Math.max(asked, backOffMs(looks, Math.random()));
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

async function tellUnclear(ctx: Context, row: WaitingRow, error: string): Promise<void> {
  const data = { status: row.status, error, needs_person: true };
  await emit(ctx, {
    type: "decision.execution_updated",
    subject: row.id,
    decisionId: row.decision_id,
    data,
  });
  await record(ctx, "execution.look_ups_unclear", row.id, { fence: row.fence });
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

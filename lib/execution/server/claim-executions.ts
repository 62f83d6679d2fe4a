import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { crashPoint } from "@/lib/server/crash-point";
import { hotRowsOf, rowsOf } from "@/lib/server/rows";
import type { Connector, RenderedRequest } from "../connector";
import { overCap } from "../over-cap";
import { nextStep } from "../next-step";
import { concludeWaiting, type Conclusion } from "./conclude-waiting";
import { holdLimits, type Limits } from "./hold-limits";
import { lockDue } from "./lock-due";
import { holdPaces, spendTokens } from "./pace-connectors";
import { doorOf, isAsSigned, isConnectorNewer, waitingOf, type WaitingRow } from "./read-waiting";
import { reserveBudgets } from "./reserve-budgets";
import type { ReturnToReview } from "./return-to-review";
import { watchOf, type Watch } from "./watch";

export type ClaimRequest = {
  workerId: string;
  /** How many at most. */
  limit: number;
  /** How long a send may take before anybody else may look at it, milliseconds; at least three request lives. */
  leaseMs: number;
  /** Connectors that have as much under way as they may. */
  busyConnectors?: readonly string[];
};

/** One execution this worker alone may send, until `deadline` (this process's monotonic clock, milliseconds). */
export type ClaimedExecution = {
  executionId: string;
  decisionId: string;
  connectorId: string;
  fence: number;
  attempt: number;
  /** No earlier send of it can have reached the target. */
  isFirst: boolean;
  deadline: number;
  request: RenderedRequest;
  connector: Connector;
  /** What is looked at before the first byte; null: nothing. */
  watch: Watch | null;
};

/**
 * What a claim hands out: sends that are this worker's, executions whose fate is to be looked up, and approvals that
 * cannot be carried out as things are and go back to a person.
 */
export type Claim = {
  sends: ClaimedExecution[];
  lookUps: string[];
  returns: ReturnToReview[];
  concluded: number;
};

type Planned = { row: WaitingRow; connector: Connector; request: RenderedRequest; masked: JsonObject };
type Plan = { sends: Planned[]; lookUps: string[]; returns: ReturnToReview[]; conclusions: Conclusion[] };

/**
 * Claims executions that are due, several at once, in one transaction that is committed before a byte is sent: holds
 * the stops (a stop waits for it), leaves out what is stopped, keeps to the pace of each connector, recomputes what was
 * signed, reserves the budgets, draws a fence and writes an `intent` for each. When it throws, its commit included,
 * nothing may be sent.
 */
export async function claimExecutions(ctx: Context, claim: ClaimRequest): Promise<Claim> {
  authorize(ctx, "system.run");
  const began = performance.now();
  const handed = await inTransaction(ctx, async (ctx) => {
    const { lanes, paced, budgets } = await holdLimits(ctx);
    const open = lanes.filter(({ connectorId }) => !claim.busyConnectors?.includes(connectorId));
    const called = paced.filter(({ id }) => open.some(({ connectorId }) => connectorId === id));
    const paces = await holdPaces(ctx, called);
    const plan = planOf(await lockDue(ctx, { limit: claim.limit, lanes: open, paces }));
    await keepToBudgets(ctx, budgets, plan);
    await leaseElsewhere(ctx, claim, [...plan.lookUps, ...plan.returns.map((each) => each.executionId)]);
    const sends = await writeIntents(ctx, claim, plan.sends, began);
    await spendTokens(ctx, paces, countOf(sends));
    await concludeWaiting(ctx, plan.conclusions);
    return { sends, lookUps: plan.lookUps, returns: plan.returns, concluded: plan.conclusions.length };
  });
  if (handed.sends.length > 0) crashPoint("claim.after_commit");
  return handed;
}

/** Takes what its budgets have no room for out of the plan's sends: it goes back to a person. */
async function keepToBudgets(ctx: Context, budgets: Limits["budgets"], plan: Plan): Promise<void> {
  if (budgets.length === 0) return;
  const first = plan.sends.map(({ row }) => row).filter((row) => row.sent_ago === null);
  const over = await reserveBudgets(ctx, budgets, first);
  for (const { row, message } of over) {
    plan.sends = plan.sends.filter((planned) => planned.row !== row);
    giveBack(plan, row, { code: "over_budget", message });
  }
}

/** A pending one is its approver's again; what was ever sent has an attempt to show, and is a person's at the desk. */
function giveBack(
  plan: Plan,
  row: WaitingRow,
  { code, message }: { code: "over_budget" | "lapsed" | "changed"; message: string },
): void {
  if (row.status === "pending" && row.kind === "action") {
    plan.returns.push({ executionId: row.id, returned: { code, message, changes: [] } });
  } else plan.conclusions.push({ row, to: "dead", error: message });
}

function countOf(sends: readonly ClaimedExecution[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { connectorId } of sends) counts.set(connectorId, (counts.get(connectorId) ?? 0) + 1);
  return counts;
}

function planOf(rows: WaitingRow[]): Plan {
  const plan: Plan = { sends: [], lookUps: [], returns: [], conclusions: [] };
  for (const row of rows) {
    try {
      planRow(plan, row);
    } catch (error) {
      // A request that cannot be made of what was signed is a person's to see; a key that is missing here may come.
      const isPassing = error instanceof DomainError && error.kind === "unavailable";
      const sentence = error instanceof Error ? error.message : String(error);
      plan.conclusions.push({
        row,
        to: isPassing ? "postponed" : "dead",
        error: `cannot_be_sent: ${sentence}`,
      });
    }
  }
  return plan;
}

function planRow(plan: Plan, row: WaitingRow): void {
  const connector = doorOf(row);
  const step = nextStep(waitingOf(row, connector));
  const over = overCap(row.action_config.max_amount, row, row.cap_currency);
  if (step.to === "look_up") plan.lookUps.push(row.id);
  else if (step.to === "failed") plan.conclusions.push({ row, to: "failed", error: row.last_error });
  else if (step.to === "dead" && row.status === "pending")
    giveBack(plan, row, { code: "lapsed", message: step.error });
  else if (step.to === "dead") plan.conclusions.push({ row, to: "dead", error: step.error });
  else if (step.to === "person") plan.conclusions.push({ row, to: "unknown", error: step.error });
  else if (row.decision_status !== "approved" || !isAsSigned(row)) {
    planUnsigned(plan, row);
  } else if (row.undo_obstacle !== null && row.sent_ago === null) {
    giveBack(plan, row, { code: "changed", message: obstacles[row.undo_obstacle] });
  } else if (over !== null) giveBack(plan, row, { code: "over_budget", message: over });
  else {
    const request = connector.prepare({ actionKey: row.action_key, arguments: row.arguments });
    plan.sends.push({ row, connector, request, masked: connector.mask(request) });
  }
}

// A connector that an admin changed asks for the approval anew; anything else that differs is nobody's to approve.
function planUnsigned(plan: Plan, row: WaitingRow): void {
  if (row.status !== "pending" || row.decision_status !== "approved" || !isConnectorNewer(row)) {
    plan.conclusions.push({ row, to: "dead", error: "digest_mismatch" });
    return;
  }
  const message = `Its connector was changed since (version ${row.signed_version} → ${row.connector_version})`;
  giveBack(plan, row, { code: "changed", message });
}

const obstacles = {
  disputed: "What it would undo is not on record as done any more; that has to be settled first",
  other_try: "Another try to undo it may have taken effect; what became of that has to be settled first",
};

/** For a lease no other worker looks the same executions up, or returns them. */
async function leaseElsewhere(ctx: Context, { leaseMs }: ClaimRequest, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await rowsOf(
    ctx.db,
    sql`update executions set next_at = now() + make_interval(secs => ${leaseMs / 1000})
      where id = any(${sql.param(ids)}::text[])`,
  );
}

async function writeIntents(
  ctx: Context,
  claim: ClaimRequest,
  planned: Planned[],
  began: number,
): Promise<ClaimedExecution[]> {
  if (planned.length === 0) return [];
  const leases = planned.map(({ connector }) => Math.max(claim.leaseMs, 3 * connector.timeoutMs));
  const intents = planned.map(({ row, masked }, at) => ({
    id: row.id,
    attempt_id: newId("attempt"),
    request: masked,
    lease_ms: leases[at],
    watched: row.config.breaker ? row.connector_id : null,
  }));
  const claimed = await hotRowsOf<{ id: string; fence: number; attempt: number }>(
    ctx.db,
    sql`with intent as (select * from jsonb_to_recordset(${JSON.stringify(intents)}::jsonb)
          as i(id text, attempt_id text, request jsonb, lease_ms int, watched text)),
      claimed as (update executions e set status = 'in_flight', fence = nextval('fence_seq'), attempt = e.attempt + 1,
          retry_asked_by = null, worker_id = ${claim.workerId}, lease_until = now() + make_interval(secs => i.lease_ms / 1000.0),
          last_sent_at = now(), updated_at = now()
        from intent i where e.id = i.id returning e.id, e.org_id, e.fence, e.attempt),
      written as (insert into attempts (id, org_id, execution_id, kind, attempt, fence, worker_id, outcome, request, watched_connector_id)
        select i.attempt_id, c.org_id, c.id, 'send', c.attempt, c.fence, ${claim.workerId}, 'intent', i.request, i.watched
        from claimed c join intent i on i.id = c.id)
      select id, fence::float8 as fence, attempt from claimed`,
  );
  const byId = new Map(claimed.map((row) => [row.id, row]));
  return planned.flatMap(({ row, connector, request }, at) => {
    const own = byId.get(row.id);
    if (!own) return [];
    return {
      executionId: row.id,
      decisionId: row.decision_id,
      connectorId: row.connector_id,
      fence: own.fence,
      attempt: own.attempt,
      isFirst: row.sent_ago === null,
      // The lease runs from the transaction's start in the database, which is after `began` here.
      deadline: began + (leases[at] ?? claim.leaseMs),
      request,
      connector,
      watch: watchOf(row),
    };
  });
}

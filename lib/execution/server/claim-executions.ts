import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { crashPoint } from "@/lib/server/crash-point";
import { rowsOf } from "@/lib/server/rows";
import type { Connector, RenderedRequest } from "../connector";
import { nextStep } from "../next-step";
import { concludeWaiting, type Conclusion } from "./conclude-waiting";
import { doorOf, isAsSigned, readWaiting, waitingOf, type WaitingRow } from "./read-waiting";

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
};

/** What a claim hands out: sends that are this worker's, and executions whose fate is to be looked up. */
export type Claim = { sends: ClaimedExecution[]; lookUps: string[]; concluded: number };

type Planned = { row: WaitingRow; connector: Connector; request: RenderedRequest; masked: JsonObject };
type Plan = { sends: Planned[]; lookUps: string[]; conclusions: Conclusion[] };

/** For this long no other worker looks the same execution up, milliseconds. */
const lookUpLeaseMs = 30_000;

/**
 * Claims executions that are due, several at once, in one transaction that is committed before a byte is sent: holds
 * the stops (a stop waits for it), leaves stopped apps out, recomputes what was signed, draws a fence and writes an
 * `intent` for each. When it throws, its commit included, nothing may be sent.
 */
export async function claimExecutions(ctx: Context, claim: ClaimRequest): Promise<Claim> {
  authorize(ctx, "system.run");
  const began = performance.now();
  const handed = await inTransaction(ctx, async (ctx) => {
    const stopped = await holdStops(ctx);
    if (stopped === "all") return { sends: [], lookUps: [], concluded: 0 };
    const plan = planOf(await lockDue(ctx, claim, stopped));
    await concludeWaiting(ctx, plan.conclusions);
    await leaseLookUps(ctx, plan.lookUps);
    const sends = await writeIntents(ctx, claim, plan.sends, began);
    return { sends, lookUps: plan.lookUps, concluded: plan.conclusions.length };
  });
  if (handed.sends.length > 0) crashPoint("claim.after_commit");
  return handed;
}

/** Locks the org's stops until this transaction ends; answers which apps are stopped. */
async function holdStops(ctx: Context): Promise<string[] | "all"> {
  const stops = await rowsOf<{ scope: string; scope_id: string; active: boolean }>(
    ctx.db,
    sql`select scope, scope_id, active from stops where org_id = ${ctx.orgId} order by scope, scope_id for share`,
  );
  const active = stops.filter((stop) => stop.active);
  return active.some((stop) => stop.scope === "global") ? "all" : active.map((stop) => stop.scope_id);
}

function lockDue(ctx: Context, claim: ClaimRequest, stopped: string[]): Promise<WaitingRow[]> {
  // By app: what a stopped one has waiting is never walked through.
  const due = sql`(select e.* from apps p cross join lateral (
      select x.* from executions x
      where x.app_id = p.id and x.status in ('pending', 'unknown', 'dead') and not x.needs_person and x.next_at <= now()
        and (x.status <> 'dead' or x.retry_asked_by is not null)
        and x.connector_id <> all(${sql.param(claim.busyConnectors ?? [])}::text[])
      order by x.next_at limit ${claim.limit} for update skip locked) e
    where p.org_id = ${ctx.orgId} and p.id <> all(${sql.param(stopped)}::text[]))`;
  return readWaiting(ctx, sql`${due} e`, sql`order by e.next_at limit ${claim.limit}`);
}

function planOf(rows: WaitingRow[]): Plan {
  const plan: Plan = { sends: [], lookUps: [], conclusions: [] };
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
  if (step.to === "look_up") plan.lookUps.push(row.id);
  else if (step.to === "failed") plan.conclusions.push({ row, to: "failed", error: row.last_error });
  else if (step.to === "dead") plan.conclusions.push({ row, to: "dead", error: step.error });
  else if (step.to === "person") plan.conclusions.push({ row, to: "unknown", error: step.error });
  else if (row.decision_status !== "approved" || !isAsSigned(row)) {
    plan.conclusions.push({ row, to: "dead", error: "digest_mismatch" });
  } else {
    const request = connector.prepare({ actionKey: row.action_key, arguments: row.arguments });
    plan.sends.push({ row, connector, request, masked: connector.mask(request) });
  }
}

async function leaseLookUps(ctx: Context, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await rowsOf(
    ctx.db,
    sql`update executions set next_at = now() + make_interval(secs => ${lookUpLeaseMs / 1000})
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
  }));
  const claimed = await rowsOf<{ id: string; fence: number; attempt: number }>(
    ctx.db,
    sql`with intent as (select * from jsonb_to_recordset(${JSON.stringify(intents)}::jsonb)
          as i(id text, attempt_id text, request jsonb, lease_ms int)),
      claimed as (update executions e set status = 'in_flight', fence = nextval('fence_seq'), attempt = e.attempt + 1,
          retry_asked_by = null, worker_id = ${claim.workerId}, lease_until = now() + make_interval(secs => i.lease_ms / 1000.0),
          last_sent_at = now(), updated_at = now()
        from intent i where e.id = i.id returning e.id, e.org_id, e.fence, e.attempt),
      written as (insert into attempts (id, org_id, execution_id, kind, attempt, fence, worker_id, outcome, request)
        select i.attempt_id, c.org_id, c.id, 'send', c.attempt, c.fence, ${claim.workerId}, 'intent', i.request
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
    };
  });
}

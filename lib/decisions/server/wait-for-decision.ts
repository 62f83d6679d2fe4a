import { setTimeout as sleep } from "node:timers/promises";
import { sql, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ExecutionStatus } from "@/lib/kernel/statuses";
import { hotRowsOf } from "@/lib/server/rows";
import { isFinal } from "../final";
import type { DecisionStatus, DecisionView } from "../schema";
import { getDecision } from "./get-decision";
import { latestExecution } from "./latest-execution";

const pollMs = 10;

type Waiter = { decisionId: string; wake: () => void };
const waiters = new Set<Waiter>();
let polling = false;

/**
 * Waits until a decision is final or `seconds` have passed, then returns it as it is. However many wait in this
 * process, the database is asked once every 10 ms for all of them.
 */
export async function waitForDecision(
  ctx: Context,
  input: { params: { decision: string }; query: { timeout: number } },
): Promise<DecisionView> {
  authorize(ctx, "decisions.read");
  const { decision } = input.params;
  if (await mayWait(ctx, decision)) await untilFinal(ctx.db, decision, input.query.timeout * 1000);
  return getDecision(ctx, input);
}

/** True for a decision that the caller may read and that is not final; anything else is told by reading it. */
async function mayWait(ctx: Context, decisionId: string): Promise<boolean> {
  const app = appBound(ctx);
  const [row] = await standingOf(
    ctx.db,
    sql`d.id = ${decisionId} and d.org_id = ${ctx.orgId} and (${app ?? null}::text is null or (d.app_id = ${app ?? null} and not d.measure))`,
  );
  return row !== undefined && !isFinal(row.status, row.execution);
}

async function untilFinal(db: Database, decisionId: string, milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const waiter: Waiter = { decisionId, wake: resolve };
  waiters.add(waiter);
  const timer = setTimeout(resolve, milliseconds);
  if (!polling) void poll(db);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    waiters.delete(waiter);
  }
}

async function poll(db: Database): Promise<void> {
  polling = true;
  try {
    while (waiters.size > 0) {
      const final = await finalOnes(db, [...new Set([...waiters].map((waiter) => waiter.decisionId))]);
      for (const waiter of waiters) if (final.has(waiter.decisionId)) waiter.wake();
      await sleep(pollMs);
    }
  } catch {
    // The database is away: those who wait are answered at their time-out, by a read that says so.
  } finally {
    polling = false;
  }
}

async function finalOnes(db: Database, ids: string[]): Promise<Set<string>> {
  const rows = await standingOf(db, sql`d.id = any(${sql.param(ids)}::text[])`);
  return new Set(rows.filter((row) => isFinal(row.status, row.execution)).map((row) => row.id));
}

type Standing = { id: string; status: DecisionStatus; execution: ExecutionStatus | null };

function standingOf(db: Database, where: SQL): Promise<Standing[]> {
  return hotRowsOf<Standing>(
    db,
    sql`select d.id, d.status, e.status as execution from decisions d left join ${latestExecution} e on true where ${where}`,
  );
}

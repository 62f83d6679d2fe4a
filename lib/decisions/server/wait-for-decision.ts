import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { authorize } from "@/lib/server/authorize";
import { inAskedOrder, sharedLookUp } from "@/lib/server/batcher";
import type { Context } from "@/lib/server/context";
import type { ExecutionStatus } from "@/lib/kernel/statuses";
import { hotRowsOf } from "@/lib/server/rows";
import { isFinal } from "../final";
import type { DecisionStatus, DecisionView } from "../schema";
import { askedBy, askedDecisions, type AskedDecision } from "./asked-decisions";
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
  const standing = await standingOf(ctx.db, askedBy(ctx, decisionId));
  return standing !== null && !isFinal(standing.status, standing.execution);
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
    // The first look was taken by who began to wait.
    for (await sleep(pollMs); waiters.size > 0; await sleep(pollMs)) {
      const final = await finalOnes(db, [...new Set([...waiters].map((waiter) => waiter.decisionId))]);
      for (const waiter of waiters) if (final.has(waiter.decisionId)) waiter.wake();
    }
  } catch {
    // The database is away: those who wait are answered at their time-out, by a read that says so.
  } finally {
    polling = false;
  }
}

type Standing = { id: string; at: number; status: DecisionStatus; execution: ExecutionStatus | null };

const standingOf = sharedLookUp<AskedDecision, Standing>(async (db, asked) =>
  inAskedOrder(
    asked,
    await hotRowsOf<Standing>(
      db,
      sql`select asked.at::int as at, d.id, d.status, e.status as execution
        from ${askedDecisions(asked)} left join ${latestExecution} e on true`,
    ),
  ),
);

async function finalOnes(db: Database, ids: string[]): Promise<Set<string>> {
  const rows = await hotRowsOf<Omit<Standing, "at">>(
    db,
    sql`select d.id, d.status, e.status as execution from decisions d left join ${latestExecution} e on true
      where d.id = any(${sql.param(ids)}::text[])`,
  );
  return new Set(rows.filter((row) => isFinal(row.status, row.execution)).map((row) => row.id));
}

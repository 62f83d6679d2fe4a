import { setTimeout as sleep } from "node:timers/promises";
import { inArray, and, eq } from "drizzle-orm";
import { decisions, executions } from "@/db/schema";
import type { Database } from "@/db/client";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { isFinal } from "../final";
import type { DecisionView } from "../schema";
import { getDecision } from "./get-decision";

const pollMs = 20;

type Waiter = { decisionId: string; wake: () => void };
const waiters = new Set<Waiter>();
let polling = false;

/**
 * Waits until a decision is final or `seconds` have passed, then returns it as it is. However many wait in this
 * process, the database is asked once every 20 ms for all of them.
 */
export async function waitForDecision(
  ctx: Context,
  input: { params: { decision: string }; query: { timeout: number } },
): Promise<DecisionView> {
  authorize(ctx, "decisions.read");
  const first = await getDecision(ctx, input);
  if (isFinal(first.status, first.execution?.status ?? null) || input.query.timeout <= 0) return first;
  await untilFinal(ctx.db, first.id, input.query.timeout * 1000);
  return getDecision(ctx, input);
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
  const rows = await db
    .select({ id: decisions.id, status: decisions.status, execution: executions.status })
    .from(decisions)
    .leftJoin(executions, and(eq(executions.decisionId, decisions.id), eq(executions.kind, "action")))
    .where(inArray(decisions.id, ids));
  return new Set(rows.filter((row) => isFinal(row.status, row.execution)).map((row) => row.id));
}

import { sql } from "drizzle-orm";
import { Observe } from "@/lib/apps/schema";
import type { JsonValue } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { observeTarget, type Reading } from "./observe-target";
import { doorOf, readWaiting, type WaitingRow } from "./read-waiting";
import { writeLook } from "./take-back-claim";

/** Reads what an execution's act touches as it is now; null when its action has nothing to observe. */
export async function lookAgain(
  ctx: Context,
  executionId: string,
): Promise<(Reading & { row: WaitingRow }) | null> {
  const [row] = await readWaiting(ctx, sql`executions e`, sql`and e.id = ${executionId}`);
  const observe = row?.action_config.observe ?? null;
  if (!row || observe === null) return null;
  const act = { actionKey: row.action_key, arguments: row.arguments };
  return { ...(await observeTarget(doorOf(row), Observe.parse(observe), act)), row };
}

/**
 * Keeps the state that an act left, read right after it succeeded, so that undoing it can be refused once somebody
 * else has changed it. Only once; without it, what the act left is not known.
 */
export async function keepLeftState(ctx: Context, executionId: string): Promise<void> {
  const look = await lookAgain(ctx, executionId);
  if (!look?.observed) return;
  const { observed, request, answer, row } = look;
  const [kept] = await rowsOf(
    ctx.db,
    sql`update executions set left_state = ${JSON.stringify(observed)}::jsonb, updated_at = now()
      where id = ${executionId} and org_id = ${ctx.orgId} and status = 'succeeded' and left_state is null returning id`,
  );
  const { fence, attempt } = row;
  if (kept) await writeLook(ctx, { executionId, fence, attempt, request, answer }, "succeeded");
}

/** The state an execution's act left, as kept. */
export async function leftStateOf(ctx: Context, executionId: string): Promise<JsonValue> {
  const [row] = await rowsOf<{ left_state: JsonValue }>(
    ctx.db,
    sql`select left_state from executions where id = ${executionId} and org_id = ${ctx.orgId}`,
  );
  return row?.left_state ?? null;
}

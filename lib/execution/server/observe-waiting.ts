import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { observeDecision } from "./observe-decision";

const batch = 50;

/**
 * A timer: reads, for decisions that have just come before a person, the state their actions would touch. What it
 * misses, or cannot read, is read when somebody approves it. Answers how many it tried.
 */
export async function observeWaiting(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const types = await typesWithALook(ctx);
  if (types.length === 0) return 0;
  const waiting = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from decisions where org_id = ${ctx.orgId} and status = 'in_review' and not measure
        and created_at > now() - interval '10 minutes' and observed_at is null
        and type_id = any(${sql.param(types)}::text[])
      order by created_at limit ${batch}`,
  );
  await Promise.all(waiting.map(({ id }) => observeQuietly(ctx, id)));
  return waiting.length;
}

/** The types whose action has something to observe; none in most organisations. */
export async function typesWithALook(ctx: Context): Promise<string[]> {
  const types = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select t.id from decision_types t join connector_actions ca on ca.id = t.action_id
      where t.org_id = ${ctx.orgId} and jsonb_typeof(ca.config -> 'observe') = 'object'`,
  );
  return types.map(({ id }) => id);
}

async function observeQuietly(ctx: Context, decisionId: string): Promise<void> {
  try {
    await observeDecision(ctx, { decisionId });
  } catch (error) {
    // Whoever approves it is told; until then it is no more than unread.
    if (!(error instanceof DomainError)) log.warn({ err: error, decision: decisionId }, "a look failed");
  }
}

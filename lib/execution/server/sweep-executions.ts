import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";

const lapsed = "The worker that sent it was not heard of again; it may or may not have happened";

/**
 * Turns executions whose lease lapsed into `unknown`, never back into `pending`: their request may have been written.
 * Answers how many.
 */
export async function sweepExecutions(ctx: Context, { limit = 500 } = {}): Promise<number> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    const swept = await sweep(ctx, limit);
    if (swept.length === 0) return 0;
    await rowsOf(
      ctx.db,
      sql`update attempts a set error = ${lapsed}, ended_at = clock_timestamp()
        from jsonb_to_recordset(${JSON.stringify(swept)}::jsonb) as i(id text, fence bigint)
        where a.execution_id = i.id and a.fence = i.fence and a.kind = 'send' and a.outcome = 'intent'`,
    );
    await emit(
      ctx,
      ...swept.map(({ id, decision_id, needs_person }) => ({
        type: "decision.execution_updated" as const,
        subject: id,
        decisionId: decision_id,
        data: { status: "unknown", error: lapsed, needs_person },
      })),
    );
    await record(ctx, "executions.swept", ctx.orgId, {
      items: swept.map(({ id, fence }) => ({ execution: id, fence })),
    });
    return swept.length;
  });
}

type Swept = { id: string; fence: number; decision_id: string; needs_person: boolean };

function sweep(ctx: Context, limit: number): Promise<Swept[]> {
  return rowsOf<Swept>(
    ctx.db,
    sql`with lapsed as (select id from executions where org_id = ${ctx.orgId} and status = 'in_flight'
        and lease_until < now() order by lease_until limit ${limit} for update skip locked)
      update executions e set status = 'unknown', last_error = ${lapsed}, lease_until = null, updated_at = now(),
        needs_person = e.connector_class = 'C',
        next_at = now() + make_interval(secs => case when e.connector_class = 'B'
          then coalesce((c.config ->> 'settle_delay_ms')::float8, 5000) / 1000 else 0 end)
      from lapsed l, connectors c where e.id = l.id and c.id = e.connector_id
      returning e.id, e.fence::float8 as fence, e.decision_id, e.needs_person`,
  );
}

import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** As lib/reviews/expected-loss.ts, over a decision `d` and its type `t`. A test holds the two together. */
export const expectedLossSql: SQL = sql`(case when d.confidence between 0 and 1 then 1 - d.confidence else 1 end
  * case when d.predicted = 'negative' then t.cost_wrong_no
      else greatest(t.cost_wrong_yes, case when d.currency = t.currency then d.amount end) end)::float8`;

/** Gives what waits in a queue its expected loss, and with it (a trigger) its loss per minute, where the queue orders by it; in the caller's transaction. */
export async function scoreReviews(ctx: Context, queueId: string): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`update reviews r set expected_loss = ${expectedLossSql}
      from decisions d, decision_types t, queues q
      where r.queue_id = ${queueId} and r.org_id = ${ctx.orgId} and r.status in ('open', 'claimed', 'snoozed')
        and r.expected_loss is null and d.id = r.decision_id and t.id = r.type_id and q.id = r.queue_id
        and q.order_by = 'expected_loss'`,
  );
}

import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

const batch = 500;

/**
 * A timer: writes beside each measure what its reviewer said and how long they looked, once its review is closed. One
 * that ran out of time or was cancelled is closed without an answer. Many workers may run it.
 */
export async function settleMeasures(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const settled = await rowsOf<{ id: string }>(
    ctx.db,
    sql`update measures m set answered_at = r.resolved_at, verdict = r.verdict,
        reviewer = case when r.verdict is not null then r.resolved_by end,
        dwell_ms = case when r.verdict is not null and r.claimed_by = r.resolved_by
          then least(2147483647, greatest(0, extract(epoch from coalesce(r.staged_at, r.resolved_at) - r.claimed_at) * 1000))::int end
      from (select w.id, v.status, v.verdict, v.resolved_by, v.resolved_at, v.claimed_by, v.claimed_at, v.staged_at
        from measures w join reviews v on v.id = w.review_id
        where w.org_id = ${ctx.orgId} and w.answered_at is null and v.resolved_at is not null
        order by w.id limit ${batch}) r
      where m.id = r.id and m.answered_at is null returning m.id`,
  );
  return settled.length;
}

import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";

/** The newest rulings that are looked at, of at most 30 days: no figure waits for history. */
export const mostRulings = 20_000;

/**
 * Rulings of people with how long each looked, seconds, as a FROM item `w (queue_id, app_id, type_id, resolved_at,
 * look)`: from opening to the verdict; longer than the queue's lease counts as the lease, because somebody had left. Null
 * where nobody timed it: over the API, on the list, many at once.
 */
export function recentLooks(ctx: Context): SQL {
  return sql`(select r.queue_id, r.app_id, r.type_id, r.resolved_at, case when r.claimed_by = r.resolved_by
          and coalesce(r.staged_at, r.resolved_at) > r.claimed_at
        then least(extract(epoch from coalesce(r.staged_at, r.resolved_at) - r.claimed_at), q.lease_seconds)::float8 end as look
      from (select * from reviews v where v.org_id = ${ctx.orgId} and v.resolved_at is not null
          and v.resolved_at > now() - interval '30 days' order by v.resolved_at desc limit ${mostRulings}) r
      join queues q on q.id = r.queue_id
      where r.resolved_by like 'user:%' and r.verdict is not null) w`;
}

import { sql, type SQL } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { QueueStats } from "../queues";
import { queueOf } from "./queue-lead";
import { stamp } from "./review-sql";

type Row = Omit<QueueStats, "object" | "queue" | "by_severity"> & {
  low: number;
  medium: number;
  high: number;
  unknown: number;
  still_open: number;
  already_closed: number;
};

/** How a queue fares now and over the last 24 hours. Throws `not_found`. */
export async function getQueueStats(ctx: Context, input: { queue: string }): Promise<QueueStats> {
  authorize(ctx, "queues.read");
  const queue = await queueOf(ctx, input.queue);
  const [row] = await rowsOf<Row>(
    ctx.db,
    sql`select waiting.*, past.*, ${lossOf(queue.id)} as expected_loss, waiting.still_open + past.already_closed as opened_24h
      from (select count(*)::int as open,
          count(*) filter (where r.status = 'claimed' and (r.lease_until > now() or r.staged_verdict is not null))::int as held,
          count(*) filter (where r.status = 'snoozed' and r.snoozed_until > now())::int as snoozed,
          count(*) filter (where r.due_at <= now())::int as overdue,
          count(*) filter (where r.warned_at is not null)::int as warned,
          count(*) filter (where r.severity = 'low')::int as low, count(*) filter (where r.severity = 'medium')::int as medium,
          count(*) filter (where r.severity = 'high')::int as high, count(*) filter (where r.severity is null)::int as unknown,
          ${stamp("min(r.created_at)")} as oldest_at, ${stamp("min(r.due_at)")} as next_due_at,
          count(*) filter (where r.created_at > now() - interval '24 hours')::int as still_open
        from reviews r where r.queue_id = ${queue.id} and r.org_id = ${ctx.orgId}
          and r.status in ('open', 'claimed', 'snoozed')) waiting,
        (select count(*) filter (where r.status = 'resolved')::int as resolved_24h,
          count(*) filter (where r.status = 'expired')::int as expired_24h,
          count(*) filter (where r.created_at > now() - interval '24 hours')::int as already_closed,
          (percentile_cont(0.5) within group (order by extract(epoch from r.resolved_at - r.created_at))
            filter (where r.status = 'resolved'))::float8 as median_wait_seconds
        from reviews r where r.org_id = ${ctx.orgId} and r.resolved_at > now() - interval '24 hours'
          and r.resolved_at is not null and r.queue_id = ${queue.id}) past`,
  );
  if (!row) throw new Error("an aggregate answered no row");
  const { low, medium, high, unknown, still_open: _, already_closed: __, ...rest } = row;
  return { object: "queue_stats", queue: queue.id, ...rest, by_severity: { low, medium, high, unknown } };
}

// Nobody gives us rates: each currency has a sum of its own.
function lossOf(queueId: string): SQL {
  return sql`(select json_agg(json_build_object('amount', round(l.loss), 'currency', l.currency) order by l.currency)
    from (select t.currency, sum(r.expected_loss) as loss from reviews r join decision_types t on t.id = r.type_id
      where r.queue_id = ${queueId} and r.status in ('open', 'claimed', 'snoozed') and r.expected_loss is not null
      group by t.currency) l)`;
}

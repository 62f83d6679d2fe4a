import { sql, type SQL } from "drizzle-orm";
import type { QueueOrder } from "@/lib/apps/schema";
import { firstIdOf } from "@/lib/kernel/ids";
import { actionSummary } from "@/lib/decisions/summary";
import type { JsonObject } from "@/lib/kernel/json";
import { inSight } from "@/lib/reviews/server/queue-scope";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import { arrivalsPerHour, daysToClear, handledPerDay, lastHandled, lateOf, utilisation } from "../attention";
import type { QueueAttention } from "../attention-view";
import type { Handling } from "./attention-handling";

const lookBackHours = 168;
/** The newest arrivals that are counted, and the first of what waits that is walked through. */
const mostArrivals = 100_000;
const mostWalked = 5000;

type QueueRow = {
  id: string;
  key: string;
  name: string;
  order: QueueOrder;
  waiting: number;
  people: number;
  hours: number;
};

/** The attention each queue needs and has; `handling` by queue id. */
export async function queueAttention(
  ctx: Context,
  handling: Map<string, Handling>,
): Promise<QueueAttention[]> {
  const [queues, arrivals, sight] = [await readQueues(ctx), await hourlyArrivals(ctx), await inSight(ctx)];
  const all: QueueAttention[] = [];
  for (const queue of queues) {
    all.push(await attentionOf(ctx, queue, { arrivals, sight, handling: handling.get(queue.id) }));
  }
  return all;
}

type About = { arrivals: Map<string, number[]>; sight: SQL; handling: Handling | undefined };

async function attentionOf(ctx: Context, queue: QueueRow, about: About): Promise<QueueAttention> {
  const { id, key, name, order, waiting, people, hours } = queue;
  const { handling } = about;
  const perHour = arrivalsPerHour(about.arrivals.get(id) ?? about.arrivals.get("") ?? []);
  const perDay = perHour === null ? null : perHour * 24;
  const means = handling?.mean ? { handlingSeconds: handling.mean, hoursPerDay: hours } : null;
  return {
    queue: { id, key, name },
    order,
    arrivals_per_hour: perHour,
    arrivals_per_day: perDay,
    handling: {
      n: handling?.n ?? 0,
      median_seconds: handling?.median ?? null,
      p75_seconds: handling?.p75 ?? null,
      mean_seconds: handling?.mean ?? null,
    },
    waiting,
    people,
    hours_per_day: hours,
    handled_per_day: means && handledPerDay(means),
    utilisation: means && perDay !== null ? utilisation(perDay, means) : null,
    days_to_clear: means && perDay !== null ? daysToClear(waiting, perDay, means) : waiting === 0 ? 0 : null,
    late: means && { count: lateOf(await dueIn(ctx, queue), means), of: Math.min(waiting, mostWalked) },
    marginal: means && (await marginal(ctx, queue, lastHandled(waiting, means), about.sight)),
  };
}

// Whoever works in several queues gives each an even part of the day; a queue without members is every reviewer's.
function readQueues(ctx: Context): Promise<QueueRow[]> {
  return rowsOf<QueueRow>(
    ctx.db,
    sql`with able as (select u.id from users u left join user_settings us on us.user_id = u.id
        where u.org_id = ${ctx.orgId} and u.role = 'reviewer' and u.disabled_at is null
          and (us.away_until is null or us.away_until <= now())),
      works as (select q.id as queue_id, able.id as user_id from queues q cross join able
        where q.org_id = ${ctx.orgId} and q.archived_at is null
          and (not exists (select 1 from queue_members m where m.queue_id = q.id)
            or exists (select 1 from queue_members m where m.queue_id = q.id and m.user_id = able.id))),
      spread as (select user_id, count(*) as queues from works group by user_id)
      select q.id, q.key, q.name, q.order_by as "order",
        (select count(*)::int from reviews r where r.queue_id = q.id and r.status in ('open', 'claimed', 'snoozed')) as waiting,
        (select count(*)::int from works w where w.queue_id = q.id) as people,
        coalesce((select sum(q.hours_per_day / s.queues) from works w join spread s using (user_id)
          where w.queue_id = q.id), 0)::float8 as hours
      from queues q where q.org_id = ${ctx.orgId} and q.archived_at is null order by q.position, q.name limit 200`,
  );
}

/** Arrivals of each of the last hours by queue id, oldest first; under "" the zeros of a queue that had none. */
async function hourlyArrivals(ctx: Context): Promise<Map<string, number[]>> {
  const since = ctx.now.getTime() - lookBackHours * 3_600_000;
  const rows = await rowsOf<{ queue_id: string; ago: number; count: number; reach: number }>(
    ctx.db,
    sql`with recent as (select r.queue_id, least(${lookBackHours - 1},
          floor(extract(epoch from now() - r.created_at) / 3600))::int as ago
        from reviews r where r.id >= ${firstIdOf("review", since)} and r.org_id = ${ctx.orgId}
        order by r.id desc limit ${mostArrivals})
      select queue_id, ago, count(*)::int as count, (select max(ago) from recent) as reach from recent
      where ago >= 0 group by 1, 2`,
  );
  // Before the first arrival there was nothing to count, and beyond the newest that were read nothing is known.
  const hours = rows[0] ? rows[0].reach + 1 : 0;
  const all = new Map<string, number[]>([["", Array.from({ length: hours }, () => 0)]]);
  for (const { queue_id, ago, count } of rows) {
    const counts = all.get(queue_id) ?? Array.from({ length: hours }, () => 0);
    counts[hours - 1 - ago] = count;
    all.set(queue_id, counts);
  }
  return all;
}

const orderSql: Record<QueueOrder, SQL> = {
  sla: sql`r.due_at, r.id`,
  expected_loss: sql`r.loss_per_minute desc nulls last, r.id`,
  oldest: sql`r.id`,
};

async function dueIn(ctx: Context, { id, order }: QueueRow): Promise<number[]> {
  const rows = await rowsOf<{ due: number }>(
    ctx.db,
    sql`select extract(epoch from r.due_at - now())::float8 as due from reviews r
      where r.queue_id = ${id} and r.status in ('open', 'claimed', 'snoozed') order by ${orderSql[order]} limit ${mostWalked}`,
  );
  return rows.map(({ due }) => due);
}

type MarginalRow = {
  id: string;
  name: string;
  summary_template: string;
  arguments: JsonObject;
  amount: number | string | null;
  currency: string | null;
  due_at: string;
  expected_loss: number | null;
  loss_per_minute: number | null;
};

async function marginal(
  ctx: Context,
  { id, order, waiting }: QueueRow,
  place: number,
  sight: SQL,
): Promise<QueueAttention["marginal"]> {
  if (place === 0 || place > mostWalked) return null;
  const [row] = await rowsOf<MarginalRow>(
    ctx.db,
    sql`select r.id, t.name, t.summary_template, d.arguments, d.amount, d.currency, r.expected_loss, r.loss_per_minute,
        to_char(r.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as due_at
      from (select r.* from reviews r where r.queue_id = ${id} and r.status in ('open', 'claimed', 'snoozed')
          order by ${orderSql[order]} offset ${place - 1} limit 1) r
      join decisions d on d.id = r.decision_id join decision_types t on t.id = r.type_id where true${sight}`,
  );
  if (!row) return null;
  const money =
    row.amount === null || row.currency === null
      ? null
      : { amount: Number(row.amount), currency: row.currency };
  return {
    review_id: row.id,
    place,
    summary: await maskFor(ctx, actionSummary(row.summary_template, row.name, row.arguments, money)),
    due_at: row.due_at,
    expected_loss: row.expected_loss,
    loss_per_minute: row.loss_per_minute,
    is_last_waiting: place >= waiting,
  };
}

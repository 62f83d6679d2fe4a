import { sql, type SQL } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Limits } from "./hold-limits";
import type { Pace } from "./pace-connectors";
import { readWaiting, type WaitingRow } from "./read-waiting";

export type DueRequest = {
  limit: number;
  stopped: Limits["stopped"];
  paces: readonly Pace[];
  /** Connectors this worker leaves out. */
  busyConnectors: readonly string[];
};

// As the index executions_ready_idx has it, word for word: that is how the planner knows it may use it.
const ready = sql`x.status in ('pending', 'unknown', 'dead') and not x.needs_person and x.connector_id is not null`;
const due = sql`x.next_at <= now() and (x.held_until is null or x.held_until <= now())
  and (x.status <> 'dead' or x.retry_asked_by is not null)`;

/**
 * Locks executions that are due and that nobody else is claiming, the longest due first. It goes by lanes (app, type,
 * connector): the lanes that wait are found by leaping through the index, so that a stopped one costs one leap however
 * much waits in it, and each open one gives its share.
 */
export function lockDue(ctx: Context, request: DueRequest): Promise<WaitingRow[]> {
  authorize(ctx, "system.run");
  const { limit, paces } = request;
  const from = paces.length === 0 ? lockLanes(ctx, request) : withinPace(lockLanes(ctx, request));
  return readWaiting(ctx, sql`${from} e`, sql`order by e.next_at limit ${limit}`);
}

function lockLanes(ctx: Context, request: DueRequest): SQL {
  const { limit, paces } = request;
  const hasPaces = paces.length > 0;
  const room = hasPaces ? sql`p.room` : sql`null::int`;
  return sql`(with recursive ${lanes(ctx)}, ${hasPaces ? sql`${paceRooms(ctx, paces)},` : sql``}
    open as (select l.*, ${room} as room, count(*) over () as among from lanes l
      ${hasPaces ? sql`left join paces p on p.connector_id = l.connector_id` : sql``}
      where ${isOpen(request)} ${hasPaces ? sql`and (p.room is null or p.room > 0)` : sql``}
        and exists (select 1 from executions x where ${inLane(ctx)} and ${ready} and ${due}))
    select x.*, l.room from open l cross join lateral (
      select x.* from executions x where ${inLane(ctx)} and ${ready} and ${due} order by x.next_at
      limit least(ceil(2.0 * ${limit}::int / l.among)::int, ${limit}::int, l.room) for update skip locked) x)`;
}

function lanes(ctx: Context): SQL {
  const lane = sql`x.app_id, x.type_id, x.connector_id`;
  const first = sql`from executions x where x.org_id = ${ctx.orgId} and ${ready}`;
  return sql`lanes as (
      (select ${lane} ${first} order by ${lane} limit 1)
      union all
      select n.* from lanes l cross join lateral (
        select ${lane} ${first} and (${lane}) > (l.app_id, l.type_id, l.connector_id) order by ${lane} limit 1) n)`;
}

function inLane(ctx: Context): SQL {
  return sql`x.org_id = ${ctx.orgId} and x.app_id = l.app_id and x.type_id = l.type_id and x.connector_id = l.connector_id`;
}

function isOpen({ stopped, busyConnectors }: DueRequest): SQL {
  const connectors = [...stopped.connector, ...busyConnectors];
  return sql`l.app_id <> all(${sql.param(stopped.app)}::text[]) and l.type_id <> all(${sql.param(stopped.type)}::text[])
    and l.connector_id <> all(${sql.param(connectors)}::text[])`;
}

// What is under way is counted after the paces are held, in a later statement: it sees every claim that held them before.
function paceRooms(ctx: Context, paces: readonly Pace[]): SQL {
  const items = paces.map(({ id, tokens, concurrency }) => ({
    id,
    tokens: tokens === null ? null : Math.floor(tokens),
    concurrency,
  }));
  return sql`paces as (select i.id as connector_id, greatest(least(i.tokens, i.concurrency - (
      select count(*) from executions f where f.status = 'in_flight' and f.org_id = ${ctx.orgId}
        and f.connector_id = i.id)::int), 0) as room
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i(id text, tokens int, concurrency int))`;
}

// Several lanes may lead to one connector; together they stay within its room.
function withinPace(rows: SQL): SQL {
  return sql`(select * from (select r.*, row_number() over (partition by r.connector_id order by r.next_at) as place
    from ${rows} r) r where r.room is null or r.place <= r.room)`;
}

import { sql, type SQL } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { due, inLane } from "./due-sql";
import type { Lane } from "./hold-limits";
import type { Pace } from "./pace-connectors";
import { readWaiting, type WaitingRow } from "./read-waiting";

export type DueRequest = { limit: number; lanes: readonly Lane[]; paces: readonly Pace[] };

/**
 * Locks executions of these lanes that are due and that nobody else is claiming, the longest due first: no lane is
 * looked into further than twice its even share, so that many lanes do not cost many locks.
 */
export async function lockDue(ctx: Context, { limit, lanes, paces }: DueRequest): Promise<WaitingRow[]> {
  authorize(ctx, "system.run");
  if (lanes.length === 0 || limit < 1) return [];
  const share = Math.min(limit, Math.ceil((2 * limit) / lanes.length));
  const rows = sql`(select x.* from json_to_recordset(${JSON.stringify(lanes.map(rowOf))}::json)
      as l(app_id text, type_id text, connector_id text) cross join lateral (
      select x.* from executions x where ${inLane(ctx)} and ${due} order by x.next_at
      limit ${share} for update skip locked) x)`;
  const from = paces.length === 0 ? rows : withinPace(ctx, rows, paces);
  return readWaiting(ctx, sql`${from} e`, sql`order by e.next_at limit ${limit}`);
}

const rowOf = ({ appId, typeId, connectorId }: Lane) => ({
  app_id: appId,
  type_id: typeId,
  connector_id: connectorId,
});

// Several lanes may lead to one connector; together they stay within its room. What is under way is counted after the
// paces are held, in a later statement: it sees every claim that held them before.
function withinPace(ctx: Context, rows: SQL, paces: readonly Pace[]): SQL {
  const items = paces.map(({ id, tokens, concurrency }) => ({
    id,
    tokens: tokens === null ? null : Math.floor(tokens),
    concurrency,
  }));
  return sql`(select r.* from (select x.*, row_number() over (partition by x.connector_id order by x.next_at) as place
      from ${rows} x) r
    left join (select i.id, least(i.tokens, i.concurrency - (select count(*) from executions f
        where f.status = 'in_flight' and f.org_id = ${ctx.orgId} and f.connector_id = i.id)::int) as room
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i(id text, tokens int, concurrency int)) p
      on p.id = r.connector_id
    where p.room is null or r.place <= p.room)`;
}

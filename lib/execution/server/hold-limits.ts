import { type SQL, sql } from "drizzle-orm";
import type { BudgetPeriod, BudgetScope, StopScope } from "@/lib/apps/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { hotRowsOf } from "@/lib/server/rows";
import { due, inLane, ready } from "./due-sql";

/** A budget in force. `currency` is empty for a count alone. */
export type Budget = {
  id: string;
  scope: BudgetScope;
  scope_id: string;
  period: BudgetPeriod;
  currency: string;
  max_amount: number | null;
  max_count: number | null;
};

/** A connector that asks not to be called too often, or by too many at once. */
export type PacedConnector = { id: string; concurrency: number | null; rate: number | null };

/** Where executions wait in line: what one app does of one type through one connector. */
export type Lane = { appId: string; typeId: string; connectorId: string };

/** What a claim is bound by: the lanes in which something is due and nothing is stopped, the budgets, whose pace is set. */
export type Limits = { lanes: Lane[]; budgets: Budget[]; paced: PacedConnector[] };

type StopRow = {
  scope: StopScope;
  scope_id: string;
  active: boolean;
  budgets: Budget[] | null;
  paced: PacedConnector[] | null;
  lanes: Lane[] | null;
};

/**
 * Locks the organisation's stops until the transaction ends (a stop waits for it), and reads on the way where something
 * is due and the other limits, so that those who set none pay nothing for them. No lane is open while everything is
 * stopped.
 */
export async function holdLimits(ctx: Context): Promise<Limits> {
  authorize(ctx, "system.run");
  const rows = await hotRowsOf<StopRow>(
    ctx.db,
    // The gate before the rows: behind a stop that waits, later claims wait too, so that no stream of them outlasts it.
    sql`with recursive gate as materialized (select pg_advisory_xact_lock_shared(hashtextextended(${`stops:${ctx.orgId}`}, 0))),
      ${waitingLanes(ctx)}
      select s.scope, s.scope_id, s.active,
        case when s.scope = 'global' then (
          select jsonb_agg(jsonb_build_object('id', b.id, 'scope', b.scope, 'scope_id', b.scope_id, 'period', b.period,
            'currency', b.currency, 'max_amount', b.max_amount, 'max_count', b.max_count) order by b.id)
          from budgets b where b.org_id = ${ctx.orgId} and b.archived_at is null) end as budgets,
        case when s.scope = 'global' then (
          select jsonb_agg(jsonb_build_object('id', c.id, 'concurrency', c.config -> 'concurrency',
            'rate', c.config -> 'rate_per_second') order by c.id)
          from connectors c where c.org_id = ${ctx.orgId} and (jsonb_typeof(c.config -> 'concurrency') = 'number'
            or jsonb_typeof(c.config -> 'rate_per_second') = 'number')) end as paced,
        case when s.scope = 'global' then (
          select jsonb_agg(jsonb_build_object('appId', l.app_id, 'typeId', l.type_id, 'connectorId', l.connector_id))
          from lanes l cross join lateral (
            select x.id from executions x where ${inLane(ctx)} and ${due} order by x.next_at limit 1) d) end as lanes
      from gate, stops s where s.org_id = ${ctx.orgId} order by s.scope, s.scope_id for share of s`,
  );
  const stopped = new Set(rows.filter((row) => row.active).map((row) => row.scope_id));
  const all = rows.find((row) => row.scope === "global");
  const isOpen = ({ appId, typeId, connectorId }: Lane) =>
    ![ctx.orgId, appId, typeId, connectorId].some((id) => stopped.has(id));
  return {
    lanes: (all?.lanes ?? []).filter(isOpen),
    budgets: all?.budgets ?? [],
    paced: all?.paced ?? [],
  };
}

// By leaps through the index: a lane costs one, however much waits in it.
function waitingLanes(ctx: Context): SQL {
  const lane = sql`x.app_id, x.type_id, x.connector_id`;
  const first = sql`from executions x where x.org_id = ${ctx.orgId} and ${ready}`;
  return sql`lanes as (
      (select ${lane} ${first} order by ${lane} limit 1)
      union all
      select n.* from lanes l cross join lateral (
        select ${lane} ${first} and (${lane}) > (l.app_id, l.type_id, l.connector_id) order by ${lane} limit 1) n)`;
}

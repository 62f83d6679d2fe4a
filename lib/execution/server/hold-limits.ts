import { sql } from "drizzle-orm";
import type { BudgetPeriod, BudgetScope, StopScope } from "@/lib/apps/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

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

/** What a claim is bound by: which apps, types and connectors are stopped, what budgets there are, whose pace is set. */
export type Limits = {
  stopped: Record<Exclude<StopScope, "global">, string[]>;
  budgets: Budget[];
  paced: PacedConnector[];
};

type StopRow = {
  scope: StopScope;
  scope_id: string;
  active: boolean;
  budgets: Budget[] | null;
  paced: PacedConnector[] | null;
};

/**
 * Locks the organisation's stops until the transaction ends (a stop waits for it), and reads the other limits on the
 * way, so that those who set none pay nothing for them. Null while everything is stopped.
 */
export async function holdLimits(ctx: Context): Promise<Limits | null> {
  authorize(ctx, "system.run");
  const rows = await rowsOf<StopRow>(
    ctx.db,
    sql`select s.scope, s.scope_id, s.active,
        case when s.scope = 'global' then (
          select jsonb_agg(jsonb_build_object('id', b.id, 'scope', b.scope, 'scope_id', b.scope_id, 'period', b.period,
            'currency', b.currency, 'max_amount', b.max_amount, 'max_count', b.max_count) order by b.id)
          from budgets b where b.org_id = ${ctx.orgId} and b.archived_at is null) end as budgets,
        case when s.scope = 'global' then (
          select jsonb_agg(jsonb_build_object('id', c.id, 'concurrency', c.config -> 'concurrency',
            'rate', c.config -> 'rate_per_second') order by c.id)
          from connectors c where c.org_id = ${ctx.orgId} and (jsonb_typeof(c.config -> 'concurrency') = 'number'
            or jsonb_typeof(c.config -> 'rate_per_second') = 'number')) end as paced
      from stops s where s.org_id = ${ctx.orgId} order by s.scope, s.scope_id for share of s`,
  );
  const active = rows.filter((row) => row.active);
  if (active.some((row) => row.scope === "global")) return null;
  const stopped = (scope: StopScope) =>
    active.filter((row) => row.scope === scope).map((row) => row.scope_id);
  const all = rows.find((row) => row.scope === "global");
  return {
    stopped: { app: stopped("app"), type: stopped("type"), connector: stopped("connector") },
    budgets: all?.budgets ?? [],
    paced: all?.paced ?? [],
  };
}

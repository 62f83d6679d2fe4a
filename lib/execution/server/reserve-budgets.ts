import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { drawnOf, overBudget, type Drawn } from "../over-budget";
import type { Budget } from "./hold-limits";
import type { WaitingRow } from "./read-waiting";

/** An execution that its budgets have no room for, and why in a sentence. */
export type OverBudget = { row: WaitingRow; message: string };

type Share = { row: WaitingRow; budget: Budget; bucket: string; drawn: Drawn };
type Usage = {
  budget_id: string;
  bucket: string;
  /** As the database writes it; when the claim was made, so when it is sent. */
  window_start: string;
  amount: number;
  count: number;
};

/**
 * Reserves in every budget that covers them what these executions are about to spend, in the caller's transaction:
 * all of an execution's shares or none. Answers those that would go over one. Only for executions none of whose
 * sends can have arrived; what they held before was given back by the database (see executions_budgets). Claims and
 * givers-back of one organisation take turns, so that no two wait for each other.
 */
export async function reserveBudgets(
  ctx: Context,
  budgets: readonly Budget[],
  rows: readonly WaitingRow[],
): Promise<OverBudget[]> {
  authorize(ctx, "system.run");
  const shares = rows.flatMap((row) => sharesOf(row, budgets));
  if (shares.length === 0) return [];
  const usage = await lockUsage(ctx, shares);
  const over: OverBudget[] = [];
  const reserved: Share[] = [];
  for (const own of Map.groupBy(shares, (share) => share.row).values()) {
    const refused = own.map((share) => refusal(share, usage)).find((message) => message !== null);
    const row = own[0]?.row;
    if (refused && row) over.push({ row, message: refused });
    else for (const share of own) reserved.push(spend(share, usage));
  }
  await writeReservations(ctx, reserved, usage);
  return over;
}

function sharesOf(row: WaitingRow, budgets: readonly Budget[]): Share[] {
  return budgets.flatMap((budget) => {
    const bucket = bucketOf(row, budget);
    if (bucket === null) return [];
    if (row.hides_amount) return { row, budget, bucket, drawn: { amount: null, foreign: null } };
    const money =
      row.amount === null || row.currency === null ? null : { amount: row.amount, currency: row.currency };
    return { row, budget, bucket, drawn: drawnOf(money, budget.currency, currenciesOf(budget, budgets)) };
  });
}

/** The currencies in which the scope of a budget limits money, whatever the period. */
function currenciesOf({ scope, scope_id }: Budget, budgets: readonly Budget[]): ReadonlySet<string> {
  const own = budgets.filter((one) => one.scope === scope && one.scope_id === scope_id);
  return new Set(own.filter((one) => one.max_amount !== null).map(({ currency }) => currency));
}

/** Which part of the budget the execution draws on; null when it is none of its. */
function bucketOf(row: WaitingRow, { scope, scope_id }: Budget): string | null {
  if (scope === "subject") return row.app_id === scope_id ? row.subject : null;
  const own = { app: row.app_id, connector: row.connector_id, type: row.type_id }[scope];
  return own === scope_id ? "" : null;
}

const keyOf = (budgetId: string, bucket: string) => `${budgetId}/${bucket}`;

async function lockUsage(ctx: Context, shares: readonly Share[]): Promise<Map<string, Usage>> {
  const wanted = new Map(
    shares.map(({ budget, bucket }) => [
      keyOf(budget.id, bucket),
      { budget_id: budget.id, bucket, period: budget.period },
    ]),
  );
  // The clock is read once the turn is ours: what was claimed for the hour before is not counted into this one.
  const held = await rowsOf<Usage>(
    ctx.db,
    sql`with turn as materialized (select pg_advisory_xact_lock(hashtextextended(${`budgets:${ctx.orgId}`}, 0))),
      moment as materialized (select clock_timestamp() at time zone 'UTC' as utc from turn)
      insert into budget_usage (budget_id, bucket, window_start)
      select i.budget_id, i.bucket, date_trunc(i.period, m.utc) at time zone 'UTC'
      from moment m, jsonb_to_recordset(${JSON.stringify([...wanted.values()])}::jsonb)
        as i(budget_id text, bucket text, period text) order by i.budget_id, i.bucket
      on conflict (budget_id, bucket, window_start) do update set count = budget_usage.count
      returning budget_id, bucket, window_start::text as window_start, amount, count`,
  );
  return new Map(held.map((row) => [keyOf(row.budget_id, row.bucket), row]));
}

function refusal({ budget, bucket, drawn }: Share, usage: Map<string, Usage>): string | null {
  const used = usage.get(keyOf(budget.id, bucket));
  return overBudget(budget, { amount: used?.amount ?? 0, count: used?.count ?? 0 }, drawn);
}

function spend(share: Share, usage: Map<string, Usage>): Share {
  const used = usage.get(keyOf(share.budget.id, share.bucket));
  if (used) {
    used.amount += share.drawn.amount ?? 0;
    used.count += 1;
  }
  return share;
}

async function writeReservations(
  ctx: Context,
  reserved: readonly Share[],
  usage: Map<string, Usage>,
): Promise<void> {
  if (reserved.length === 0) return;
  const items = reserved.map(({ row, budget, bucket, drawn }) => ({
    execution_id: row.id,
    budget_id: budget.id,
    bucket,
    window_start: usage.get(keyOf(budget.id, bucket))?.window_start,
    amount: drawn.amount ?? 0,
  }));
  await rowsOf(
    ctx.db,
    sql`with i as (select * from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
          as i(execution_id text, budget_id text, bucket text, window_start timestamptz, amount bigint)),
      kept as (insert into budget_reservations (execution_id, budget_id, bucket, window_start, amount)
        select execution_id, budget_id, bucket, window_start, amount from i
        on conflict (execution_id, budget_id) do update set bucket = excluded.bucket,
          window_start = excluded.window_start, amount = excluded.amount, released_at = null)
      update budget_usage u set amount = u.amount + n.amount, count = u.count + n.count
      from (select budget_id, bucket, window_start, sum(amount)::bigint as amount, count(*)::int as count
        from i group by 1, 2, 3) n
      where u.budget_id = n.budget_id and u.bucket = n.bucket and u.window_start = n.window_start`,
  );
}

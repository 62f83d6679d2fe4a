import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { BudgetView } from "../budgets";
import type { BudgetLimits } from "../loosens-budget";
import type { BudgetPeriod, BudgetScope } from "../schema";

type Row = {
  id: string;
  scope: BudgetScope;
  scope_id: string;
  scope_key: string;
  scope_name: string;
  period: BudgetPeriod;
  currency: string;
  max_amount: number | null;
  max_count: number | null;
  version: number;
  amount: number | null;
  count: number | null;
  bucket: string | null;
  window_start: Date;
  window_end: Date;
  created_at: Date;
  updated_at: Date;
  archived_at: Date | null;
  proposed: BudgetLimits | null;
  proposed_by: string | null;
  proposed_by_name: string | null;
  proposed_at: Date | null;
};

/** Budgets (b) as they are shown, with what the window of now has used; the caller has authorised. */
export async function readBudgets(ctx: Context, where: SQL, limit: number): Promise<BudgetView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select b.id, b.scope, b.scope_id, b.period, b.currency, b.max_amount, b.max_count, b.version, b.created_at, b.updated_at,
        b.archived_at, b.proposed, b.proposed_by, b.proposed_at, p.name as proposed_by_name, coalesce(a.key, t.key, c.key, '') as scope_key, coalesce(a.name, t.name, c.name, '') as scope_name,
        w.window_start, w.window_start + ('1 ' || b.period)::interval as window_end, u.amount, u.count, u.bucket
      from budgets b
      left join users p on p.org_id = b.org_id and 'user:' || p.id = b.proposed_by
      left join apps a on b.scope in ('app', 'subject') and a.id = b.scope_id
      left join decision_types t on b.scope = 'type' and t.id = b.scope_id
      left join connectors c on b.scope = 'connector' and c.id = b.scope_id
      cross join lateral (
        select date_trunc(b.period, now() at time zone 'UTC') at time zone 'UTC' as window_start) w
      left join lateral (
        select amount, count, bucket from budget_usage u where u.budget_id = b.id and u.window_start = w.window_start
        order by case when b.max_amount is null then count else amount end desc limit 1) u on true
      where b.org_id = ${ctx.orgId} and ${where} order by b.id desc limit ${limit}`,
  );
  return rows.map(viewOf);
}

function viewOf(row: Row): BudgetView {
  const { amount, count, bucket, window_start, window_end, created_at, updated_at, archived_at, ...rest } =
    row;
  const { proposed, proposed_by, proposed_by_name, proposed_at, ...kept } = rest;
  return {
    object: "budget",
    ...kept,
    currency: row.currency === "" ? null : row.currency,
    used: {
      amount: amount ?? 0,
      count: count ?? 0,
      subject: row.scope === "subject" ? bucket : null,
      window_start: isoOf(window_start),
      window_end: isoOf(window_end),
    },
    created_at: isoOf(created_at),
    updated_at: isoOf(updated_at),
    archived_at: archived_at && isoOf(archived_at),
    proposal: proposalOf({ proposed, proposed_by, proposed_by_name, proposed_at }),
  };
}

type Proposed = Pick<Row, "proposed" | "proposed_by" | "proposed_by_name" | "proposed_at">;

function proposalOf({
  proposed,
  proposed_by,
  proposed_by_name,
  proposed_at,
}: Proposed): BudgetView["proposal"] {
  if (proposed === null || proposed_by === null || proposed_at === null) return null;
  return {
    ...proposed,
    proposed_by: {
      id: proposed_by.replace(/^user:/, ""),
      name: proposed_by_name ?? "Somebody who left",
    },
    proposed_at: isoOf(proposed_at),
  };
}

// The two drivers differ in what they make of a moment in hand-written SQL.
function isoOf(moment: Date | string): string {
  return new Date(moment).toISOString();
}

import { sql, type SQL } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { BudgetFilter, BudgetView } from "../budgets";
import { readBudgets } from "./read-budgets";

/** The budgets, newest first, with what is used of each now; an app's key sees those of its own app. */
export async function listBudgets(ctx: Context, filter: BudgetFilter): Promise<List<BudgetView>> {
  authorize(ctx, "budgets.read");
  const { limit, starting_after: after, scope, scope_id, archived } = filter;
  const bound = appBound(ctx);
  const rows = await readBudgets(
    ctx,
    allOf([
      // What waits for its first signature is not in force yet, and is there to be signed.
      archived ? undefined : sql`(b.archived_at is null or b.proposed is not null)`,
      after === undefined ? undefined : sql`b.id < ${after}`,
      scope === undefined ? undefined : sql`b.scope = ${scope}`,
      scope_id === undefined ? undefined : sql`b.scope_id = ${scope_id}`,
      bound === undefined ? undefined : sql`b.scope in ('app', 'subject') and b.scope_id = ${bound}`,
    ]),
    limit + 1,
  );
  const data = rows.slice(0, limit);
  return { object: "list", url: "/api/v1/budgets", has_more: rows.length > limit, data };
}

/** The budgets in force that bind what this app does: its own, and those of the types and connectors it acts through. */
export async function listBudgetsOf(ctx: Context, { app }: { app: string }): Promise<BudgetView[]> {
  authorize(ctx, "budgets.read");
  return readBudgets(
    ctx,
    sql`b.archived_at is null and (b.scope in ('app', 'subject') and b.scope_id = ${app}
      or b.scope = 'type' and b.scope_id in (select type_id from autonomies where app_id = ${app})
      or b.scope = 'connector' and b.scope_id in (select ca.connector_id from autonomies au
        join decision_types dt on dt.id = au.type_id join connector_actions ca on ca.id = dt.action_id
        where au.app_id = ${app}))`,
    100,
  );
}

function allOf(conditions: (SQL | undefined)[]): SQL {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length === 0 ? sql`true` : sql.join(given, sql` and `);
}

import { sql, type SQL } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { mostCounted, type DeskCounts, type DeskFilter, type DeskTab } from "../desk";
import type { ExecutionView } from "../schema";
import { executionViews } from "./execution-view";

// Written as the partial index executions_desk_idx is.
const conditions: Record<DeskTab, SQL> = {
  unanswered: sql`e.status = 'unknown' and e.needs_person`,
  stopped: sql`e.status = 'dead'`,
  disputed: sql`e.status = 'disputed'`,
};

/** What waits on the reconcile desk under one tab, oldest first, by keyset on its id. */
export async function listDesk(ctx: Context, filter: DeskFilter): Promise<List<ExecutionView>> {
  authorize(ctx, "executions.read");
  const app = appBound(ctx);
  const parts = [
    conditions[filter.tab],
    app ? sql`e.app_id = ${app}` : undefined,
    filter.starting_after ? sql`e.id > ${filter.starting_after}` : undefined,
  ].filter((part) => part !== undefined);
  const found = await executionViews(ctx, {
    where: sql.join(parts, sql` and `),
    order: sql`e.id asc`,
    limit: filter.limit + 1,
  });
  return {
    object: "list",
    url: "/api/v1/executions/desk",
    has_more: found.length > filter.limit,
    data: found.slice(0, filter.limit),
  };
}

/** How many wait under each tab, counted up to one more than `mostCounted`. */
export async function countDesk(ctx: Context): Promise<DeskCounts> {
  authorize(ctx, "executions.read");
  const countOf = (where: SQL) =>
    sql`(select count(*)::int from (select 1 from executions e where e.org_id = ${ctx.orgId} and ${where}
      limit ${mostCounted + 1}) x)`;
  const [counts] = await rowsOf<DeskCounts>(
    ctx.db,
    sql`select ${countOf(conditions.unanswered)} as unanswered, ${countOf(conditions.stopped)} as stopped,
      ${countOf(conditions.disputed)} as disputed`,
  );
  return counts ?? { unanswered: 0, stopped: 0, disputed: 0 };
}

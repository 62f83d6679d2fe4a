import { sql, type SQL } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ExecutionFilter, ExecutionView } from "../schema";
import { executionViews } from "./execution-view";

/** Executions newest first, by keyset on their id; filters as in ExecutionFilter. An app's key sees its own only. */
export async function listExecutions(
  ctx: Context,
  { query }: { query: ExecutionFilter },
): Promise<List<ExecutionView>> {
  authorize(ctx, "executions.read");
  const isBackwards = query.ending_before !== undefined && query.starting_after === undefined;
  const found = await executionViews(ctx, {
    where: sql.join(conditions(ctx, query), sql` and `),
    order: isBackwards ? sql`e.id asc` : sql`e.id desc`,
    limit: query.limit + 1,
  });
  const page = found.slice(0, query.limit);
  return {
    object: "list",
    url: "/api/v1/executions",
    has_more: found.length > query.limit,
    data: isBackwards ? page.toReversed() : page,
  };
}

// Written as the partial index executions_attention_idx is: what waits for a person stays quick to find.
const needsAttention = sql`(e.status in ('unknown', 'dead', 'disputed')
  or (e.status = 'pending' and e.last_error is not null))`;

function conditions(ctx: Context, query: ExecutionFilter): SQL[] {
  const app = appBound(ctx);
  const optional: (SQL | undefined)[] = [
    app ? sql`e.app_id = ${app}` : undefined,
    query.status ? sql`e.status = ${query.status}` : undefined,
    query.attention ? needsAttention : undefined,
    query.decision_id ? sql`e.decision_id = ${query.decision_id}` : undefined,
    query.starting_after ? sql`e.id < ${query.starting_after}` : undefined,
    query.ending_before ? sql`e.id > ${query.ending_before}` : undefined,
  ];
  return [sql`true`, ...optional.filter((part) => part !== undefined)];
}

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
    where: sql`${executionConditions(ctx, query)} and ${beyond(query)}`,
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

/** The list's condition over alias `e` of an organisation's executions, wherever its page begins. */
export function executionConditions(
  ctx: Context,
  query: Pick<ExecutionFilter, "status" | "attention" | "decision_id">,
): SQL {
  const app = appBound(ctx);
  const optional: (SQL | undefined)[] = [
    app ? sql`e.app_id = ${app}` : undefined,
    query.status ? sql`e.status = ${query.status}` : undefined,
    query.attention ? needsAttention : undefined,
    query.decision_id ? sql`e.decision_id = ${query.decision_id}` : undefined,
  ];
  return sql.join([sql`true`, ...optional.filter((part) => part !== undefined)], sql` and `);
}

function beyond({ starting_after: after, ending_before: before }: ExecutionFilter): SQL {
  const parts = [after ? sql`e.id < ${after}` : undefined, before ? sql`e.id > ${before}` : undefined];
  return sql.join([sql`true`, ...parts.filter((part) => part !== undefined)], sql` and `);
}

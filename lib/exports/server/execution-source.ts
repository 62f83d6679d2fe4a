import { sql } from "drizzle-orm";
import type { ExecutionView } from "@/lib/execution/schema";
import { executionConditions } from "@/lib/execution/server/list-executions";
import { executionViews } from "@/lib/execution/server/execution-view";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { mostRows } from "../contract";
import { rowsUpTo, type Rows, type Slice, type Source } from "./source";

export const executionSource: Source<"executions", ExecutionView> = {
  columns: [
    ["id", (row) => row.id],
    ["decision_id", (row) => row.decision_id],
    ["app", (row) => row.app],
    ["type", (row) => row.type],
    ["kind", (row) => row.kind],
    ["status", (row) => row.status],
    ["needs_person", (row) => row.needs_person],
    ["summary", (row) => row.summary],
    ["connector", (row) => row.connector?.name],
    ["action_key", (row) => row.action_key],
    ["attempts", (row) => row.attempts],
    ["reference", (row) => row.reference],
    ["error", (row) => row.error],
    ["created_at", (row) => row.created_at],
    ["updated_at", (row) => row.updated_at],
    ["settled_at", (row) => row.settled_at],
  ],
  count: countExecutions,
  read: readExecutions,
};

type Wanted = Pick<Slice<"executions">, "filter" | "until">;

const condition = (ctx: Context, { filter, until }: Wanted) =>
  sql`${executionConditions(ctx, filter)} and e.created_at <= ${until}::timestamptz`;

async function countExecutions(ctx: Context, wanted: Wanted): Promise<number> {
  authorize(ctx, "executions.read");
  const [row] = await rowsOf<{ count: number }>(
    ctx.db,
    sql`select count(*)::int as count from (select 1 from executions e
      where e.org_id = ${ctx.orgId} and ${condition(ctx, wanted)} limit ${mostRows + 1}) counted`,
  );
  return row?.count ?? 0;
}

async function readExecutions(ctx: Context, slice: Slice<"executions">): Promise<Rows<ExecutionView>> {
  authorize(ctx, "executions.read");
  const past = slice.after === null ? sql`` : sql` and e.id < ${slice.after}`;
  const rows = await executionViews(ctx, { where: sql`${condition(ctx, slice)}${past}`, limit: slice.limit });
  return rowsUpTo(rows, slice.limit);
}

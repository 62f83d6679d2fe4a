import { sql } from "drizzle-orm";
import { findApp } from "@/lib/apps/server/find";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ExperimentQuery } from "../experiment-endpoints";
import type { ExperimentView } from "../experiments";
import { experimentViews } from "./experiment-rows";

/** Experiments, newest first, by keyset on their id. */
export async function listExperiments(ctx: Context, query: ExperimentQuery): Promise<List<ExperimentView>> {
  authorize(ctx, "experiments.read");
  const { app, status, issue, limit, starting_after: after } = query;
  const parts = [
    app === undefined ? undefined : sql`x.app_id = ${(await findApp(ctx, app)).id}`,
    status === undefined ? undefined : sql`x.status = ${status}`,
    issue === undefined ? undefined : sql`x.issue_id = ${issue}`,
    after === undefined ? undefined : sql`x.id < ${after}`,
  ].filter((part) => part !== undefined);
  const where = parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
  const found = await experimentViews(ctx, where, limit + 1);
  return {
    object: "list",
    url: "/api/v1/experiments",
    has_more: found.length > limit,
    data: found.slice(0, limit),
  };
}

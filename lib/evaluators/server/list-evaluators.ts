import { sql } from "drizzle-orm";
import { findApp } from "@/lib/apps/server/find";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { EvaluatorFilter, EvaluatorRef, EvaluatorVersionView, EvaluatorView } from "../views";
import { readEvaluator, readEvaluators, versionJson } from "./read-evaluators";

/** Evaluators, newest first, by keyset; an app's key sees its own app's. Throws `not_found` for an app that is not there. */
export async function listEvaluators(ctx: Context, query: EvaluatorFilter): Promise<List<EvaluatorView>> {
  authorize(ctx, "evaluators.read");
  const { starting_after: after, ending_before: before, limit, archived } = query;
  const app = query.app === undefined ? undefined : await findApp(ctx, query.app);
  const backwards = before !== undefined && after === undefined;
  const page = after ? sql`e.id < ${after}` : before ? sql`e.id > ${before}` : sql`true`;
  const rows = await readEvaluators(ctx, {
    where: sql`${page} and ${app ? sql`e.app_id = ${app.id}` : sql`true`}
      and ${archived ? sql`true` : sql`e.status <> 'archived'`}`,
    order: backwards ? sql`e.id asc` : sql`e.id desc`,
    limit: limit + 1,
  });
  const data = rows.slice(0, limit);
  return {
    object: "list",
    url: "/api/v1/evaluators",
    has_more: rows.length > limit,
    data: backwards ? data.toReversed() : data,
  };
}

/** One evaluator. Throws `not_found`. */
export async function getEvaluator(ctx: Context, input: EvaluatorRef): Promise<EvaluatorView> {
  authorize(ctx, "evaluators.read");
  return readEvaluator(ctx, input.evaluator);
}

/** What an evaluator said, version by version, the newest first. Throws `not_found`. */
export async function listEvaluatorVersions(
  ctx: Context,
  input: EvaluatorRef,
): Promise<List<EvaluatorVersionView>> {
  authorize(ctx, "evaluators.read");
  const { id } = await readEvaluator(ctx, input.evaluator);
  const rows = await rowsOf<{ version: Omit<EvaluatorVersionView, "object"> }>(
    ctx.db,
    sql`select ${versionJson} as version from evaluator_versions v left join users vu on 'user:' || vu.id = v.created_by
      where v.evaluator_id = ${id} order by v.version desc limit 500`,
  );
  const data = rows.map(({ version }) => ({ ...version, object: "evaluator_version" as const }));
  return { object: "list", url: `/api/v1/evaluators/${id}/versions`, has_more: false, data };
}

import { sql, type SQL } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { appBound, authorize } from "@/lib/server/authorize";
import { maskFor } from "@/lib/policies/server/mask-for";
import type { Context } from "@/lib/server/context";
import type { DecisionFilter, DecisionView } from "../schema";
import { answersFirst, isBlindNow } from "./blind-now";
import { decisionViews } from "./decision-view";
import { seesMeasures } from "./sees-measures";

/** Decisions newest first, by keyset on their id; filters as in DecisionFilter. An app's key sees its own only. */
export async function listDecisions(
  ctx: Context,
  input: { query: DecisionFilter },
): Promise<List<DecisionView>> {
  authorize(ctx, "decisions.read");
  const { query } = input;
  const backwards = query.ending_before !== undefined && query.starting_after === undefined;
  const where = sql.join(conditions(ctx, query), sql` and `);
  const found = await decisionViews(
    ctx.db,
    where,
    backwards ? sql`d.id asc` : sql`d.id desc`,
    query.limit + 1,
  );
  const page = found.slice(0, query.limit);
  return {
    object: "list",
    url: "/api/v1/decisions",
    has_more: found.length > query.limit,
    data: await maskFor(ctx, backwards ? page.toReversed() : page),
  };
}

function conditions(ctx: Context, query: DecisionFilter): SQL[] {
  const app = appBound(ctx);
  const optional: (SQL | undefined)[] = [
    app ? sql`d.app_id = ${app}` : undefined,
    answersFirst(ctx) ? sql`not ${isBlindNow}` : undefined,
    seesMeasures(ctx) ? undefined : sql`not d.measure`,
    query.starting_after ? sql`d.id < ${query.starting_after}` : undefined,
    query.ending_before ? sql`d.id > ${query.ending_before}` : undefined,
    query.app
      ? sql`(d.app_id = ${query.app} or d.app_id in (select id from apps where org_id = ${ctx.orgId} and key = ${query.app}))`
      : undefined,
    query.type
      ? sql`d.type_id in (select id from decision_types where org_id = ${ctx.orgId} and (key = ${query.type} or id = ${query.type}))`
      : undefined,
    query.status ? sql`d.status = ${query.status}` : undefined,
    query.route ? sql`d.route = ${query.route}` : undefined,
    query.external_id ? sql`d.external_id = ${query.external_id}` : undefined,
    query.subject_type ? sql`d.subject_type = ${query.subject_type}` : undefined,
    query.subject_id ? sql`d.subject_id = ${query.subject_id}` : undefined,
    query.prompt_version ? sql`d.prompt_version = ${query.prompt_version}` : undefined,
    query["created_at[gte]"] ? sql`d.created_at >= ${query["created_at[gte]"]}::timestamptz` : undefined,
    query["created_at[lt]"] ? sql`d.created_at < ${query["created_at[lt]"]}::timestamptz` : undefined,
  ];
  return [sql`d.org_id = ${ctx.orgId}`, ...optional.filter((part) => part !== undefined)];
}

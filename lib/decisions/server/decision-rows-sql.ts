import { sql, type SQL } from "drizzle-orm";
import { appBound } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { routesOfStatus, type DecisionListFilter } from "../list";
import { routes, type Prediction } from "../schema";
import { inSegment } from "./in-segment";
import { answersFirst, isBlindNow } from "./blind-now";
import { seesMeasures } from "./sees-measures";

/**
 * The list's filters over alias `d`. App, type, prompt and route stand in decisions_created_idx, whose order is the
 * list's own: rows that do not match are passed by in the index. A status also says which routes it can have.
 */
export function rowConditions(ctx: Context, filter: DecisionListFilter): SQL {
  const bound = appBound(ctx);
  const wanted: (SQL | undefined)[] = [
    sql`d.org_id = ${ctx.orgId}`,
    bound ? sql`d.app_id = ${bound}` : undefined,
    seesMeasures(ctx) ? undefined : sql`not d.measure`,
    filter.app
      ? sql`d.app_id = (select id from apps where org_id = ${ctx.orgId} and (key = ${filter.app} or id = ${filter.app}))`
      : undefined,
    filter.type
      ? sql`d.type_id = (select id from decision_types where org_id = ${ctx.orgId}
          and (key = ${filter.type} or id = ${filter.type}))`
      : undefined,
    filter.prompt_version ? sql`d.prompt_version = ${filter.prompt_version}` : undefined,
    filter.model ? sql`d.model->>'name' = ${filter.model}` : undefined,
    filter.segment ? inSegment(ctx, filter.type, filter.segment) : undefined,
    filter.rule ? heldBackBy(filter.rule) : undefined,
    filter.predicted ? proposed(ctx, filter.predicted) : undefined,
    filter.truth === "known" ? sql`d.truth is not null` : undefined,
    filter.truth && filter.truth !== "known" ? sql`d.truth = ${filter.truth}` : undefined,
    ...routeConditions(filter),
    ...timeConditions(filter),
    filter.subject ? sql`d.subject_id = ${filter.subject}` : undefined,
    filter.q ? searched(ctx, filter.q) : undefined,
  ];
  return sql.join(
    wanted.filter((part) => part !== undefined),
    sql` and `,
  );
}

function heldBackBy(rule: string): SQL {
  const at = rule.indexOf("/");
  const detail = { version_id: rule.slice(0, at), rule: rule.slice(at + 1) };
  return sql`(d.route in ('review', 'decline') and d.reasons @> ${JSON.stringify([{ kind: "policy", detail }])}::jsonb)`;
}

// What a blind review still hides is not told by a filter either.
function proposed(ctx: Context, predicted: Prediction): SQL {
  const shown = answersFirst(ctx) ? sql` and not ${isBlindNow}` : sql``;
  return sql`(d.predicted = ${predicted}${shown})`;
}

function routeConditions({ status, route }: DecisionListFilter): SQL[] {
  const possible = (status ? routesOfStatus[status] : routes).filter((one) => !route || one === route);
  if (possible.length === 0) return [sql`false`];
  // Written out and not bound, so that the partial indexes over these words can serve them; both come from enums.
  return [
    ...(possible.length < routes.length
      ? [sql.raw(`d.route in (${possible.map((one) => `'${one}'`).join(", ")})`)]
      : []),
    ...(status ? [sql.raw(`d.status = '${status}'`)] : []),
  ];
}

function timeConditions(filter: DecisionListFilter): SQL[] {
  const { from, to, "created_at[gte]": since, "created_at[lt]": until } = filter;
  const parts = [
    from ? sql`d.created_at >= ${from}::date::timestamp at time zone 'UTC'` : undefined,
    to ? sql`d.created_at < (${to}::date + 1)::timestamp at time zone 'UTC'` : undefined,
    since ? sql`d.created_at >= ${since}::timestamptz` : undefined,
    until ? sql`d.created_at < ${until}::timestamptz` : undefined,
  ];
  return parts.filter((part) => part !== undefined);
}

// Each branch has an index of its own; an `or` over the three columns would have none.
function searched(ctx: Context, q: string): SQL {
  return sql`d.id in (
    select id from decisions where id = ${q} and org_id = ${ctx.orgId}
    union all
    select id from decisions where org_id = ${ctx.orgId} and external_id = ${q}
      and app_id = any (array(select id from apps where org_id = ${ctx.orgId}))
    union all
    (select id from decisions where org_id = ${ctx.orgId} and subject_id = ${q} order by created_at desc limit 1000))`;
}

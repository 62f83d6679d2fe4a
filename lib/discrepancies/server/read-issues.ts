import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { List } from "@/lib/kernel/list";
import type { Cause } from "@/lib/kernel/statuses";
import { maskFor } from "@/lib/policies/server/mask-for";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { IssueQuery, IssueView } from "../schema";
import type { IssueStatus } from "../vocabulary";
import { actorNames } from "./actor-names";
import { stampOf } from "./rows";

type Row = {
  id: string;
  app_id: string;
  app_key: string;
  app_name: string;
  type_id: string;
  type_key: string;
  type_name: string;
  title: string;
  description: string;
  cause: Cause;
  status: IssueStatus;
  owner_id: string | null;
  owner_name: string | null;
  attached: number;
  cost: number | string;
  currency: string;
  places: IssueView["places"] | null;
  dataset_id: string | null;
  closed_by: string | null;
  closed_by_experiment_id: string | null;
  closed_at: string | null;
  version: number;
  created_at: string;
};

/**
 * The cost of one wrong answer: acting where it was wrong, or where somebody said not to act, leaving it where it was
 * right; all others differ in how to act, which is acting wrongly.
 */
const costOf = sql`case when x.truth = 'positive' and jsonb_path_exists(x.sides, '$.*.truth ? (@ == "negative")')
  then t.cost_wrong_no else t.cost_wrong_yes end`;

/** Places that an issue names. */
const mostPlaces = 10;

const placesOf = sql`(select jsonb_agg(p) from (
    select s ->> 'part' as part, regexp_replace(s ->> 'pointer', '/[0-9]+(?=/|$)', '/*', 'g') as pointer,
      count(distinct x.id)::int as discrepancies
    from discrepancies x cross join lateral jsonb_array_elements(x.evidence) s
    where x.issue_id = i.id and x.status = 'confirmed' and x.evidence is not null
    group by 1, 2 order by 3 desc, 1, 2 limit ${mostPlaces}) p)`;

function selectIssues(where: SQL, tail: SQL): SQL {
  return sql`select i.id, a.id as app_id, a.key as app_key, a.name as app_name, t.id as type_id, t.key as type_key,
      t.name as type_name, i.title, i.description, i.cause, i.status, i.owner_id, u.name as owner_name,
      coalesce(c.n, 0)::int as attached, coalesce(c.cost, 0) as cost, t.currency, ${placesOf} as places, i.dataset_id, i.closed_by,
      i.closed_by_experiment_id, ${stampOf(sql`i.closed_at`)} as closed_at, i.version, ${stampOf(sql`i.created_at`)} as created_at
    from issues i join apps a on a.id = i.app_id join decision_types t on t.id = i.type_id
    left join users u on u.id = i.owner_id and u.org_id = i.org_id
    left join lateral (select count(*) as n, sum(${costOf}) as cost from discrepancies x
      where x.issue_id = i.id and x.status = 'confirmed') c on true
    where ${where} ${tail}`;
}

async function viewsOf(ctx: Context, rows: readonly Row[]): Promise<IssueView[]> {
  const nameOf = await actorNames(
    ctx,
    rows.map(({ closed_by }) => closed_by),
  );
  // A field may be named by what is personal.
  const places = await maskFor(
    ctx,
    rows.map((row) => row.places ?? []),
  );
  return rows.map((row, at) => ({
    id: row.id,
    object: "issue",
    app: { id: row.app_id, key: row.app_key, name: row.app_name },
    type: { id: row.type_id, key: row.type_key, name: row.type_name },
    title: row.title,
    description: row.description,
    cause: row.cause,
    status: row.status,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? "Somebody who left" },
    discrepancies: row.attached,
    cost: { amount: Number(row.cost), currency: row.currency },
    places: places[at] ?? [],
    dataset_id: row.dataset_id,
    closed_by: nameOf(row.closed_by),
    closed_by_experiment_id: row.closed_by_experiment_id,
    closed_at: row.closed_at,
    version: row.version,
    created_at: row.created_at,
  }));
}

/** Issues by keyset, newest first. */
export async function listIssues(ctx: Context, query: IssueQuery): Promise<List<IssueView>> {
  authorize(ctx, "discrepancies.read");
  const { limit, starting_after, ending_before, app, status, cause } = query;
  const backwards = ending_before !== undefined && starting_after === undefined;
  const where = sql`i.org_id = ${ctx.orgId}
    ${app ? sql`and (a.key = ${app} or a.id = ${app})` : sql``} ${status ? sql`and i.status = ${status}` : sql``}
    ${cause ? sql`and i.cause = ${cause}` : sql``} ${starting_after ? sql`and i.id < ${starting_after}` : sql``}
    ${ending_before ? sql`and i.id > ${ending_before}` : sql``}`;
  const order = sql`order by i.id ${backwards ? sql`asc` : sql`desc`} limit ${limit + 1}`;
  const rows = await rowsOf<Row>(ctx.db, selectIssues(where, order));
  const data = await viewsOf(ctx, rows.slice(0, limit));
  return {
    object: "list",
    url: "/api/v1/issues",
    has_more: rows.length > limit,
    data: backwards ? data.toReversed() : data,
  };
}

/** One issue. Throws `not_found`. */
export async function getIssue(ctx: Context, { id }: { id: string }): Promise<IssueView> {
  authorize(ctx, "discrepancies.read");
  const rows = await rowsOf<Row>(ctx.db, selectIssues(sql`i.id = ${id} and i.org_id = ${ctx.orgId}`, sql``));
  const [issue] = await viewsOf(ctx, rows);
  if (!issue) throw new DomainError("not_found", `There is no issue ${id}`);
  return issue;
}

/** Issues that a discrepancy could belong to: of its app, type and cause, open ones first, newest first; at most 5. */
export async function suggestIssues(
  ctx: Context,
  of: { appId: string; typeId: string; cause: Cause },
): Promise<IssueView[]> {
  authorize(ctx, "discrepancies.read");
  const same = sql`i.org_id = ${ctx.orgId} and i.app_id = ${of.appId} and i.type_id = ${of.typeId} and i.cause = ${of.cause}`;
  const order = sql`order by (i.status = 'open') desc, i.id desc limit 5`;
  return viewsOf(ctx, await rowsOf<Row>(ctx.db, selectIssues(same, order)));
}

export type Week = { week: string; discrepancies: number };

/** How many of an issue's discrepancies were opened in each of the last 12 weeks (from Monday, UTC), oldest first. */
export function issueTrend(ctx: Context, { id }: { id: string }): Promise<Week[]> {
  authorize(ctx, "discrepancies.read");
  return rowsOf<Week>(
    ctx.db,
    sql`select to_char(w.week, 'YYYY-MM-DD') as week, count(x.id)::int as discrepancies
      from generate_series(date_trunc('week', now() at time zone 'UTC') - interval '11 weeks',
        date_trunc('week', now() at time zone 'UTC'), interval '1 week') as w(week)
      left join discrepancies x on x.issue_id = ${id} and x.org_id = ${ctx.orgId} and x.status = 'confirmed'
        and (x.opened_at at time zone 'UTC') >= w.week and (x.opened_at at time zone 'UTC') < w.week + interval '1 week'
      group by w.week order by w.week`,
  );
}

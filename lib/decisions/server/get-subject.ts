import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import type { ListQuery } from "@/lib/kernel/list";
import type { Money } from "@/lib/kernel/money";
import type { ExecutionStatus, Verdict } from "@/lib/kernel/statuses";
import { appBound, authorize, may } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import type { DecisionStatus, Route, Truth } from "../schema";
import type { SubjectDecision, SubjectView } from "../subjects";
import { actionSummary } from "../summary";
import { latestExecution } from "./latest-execution";
import { seesMeasures } from "./sees-measures";

type Subject = { type: string; id: string };

type Row = {
  id: string;
  app_key: string;
  app_name: string;
  type_key: string;
  type_name: string;
  summary_template: string;
  arguments: JsonObject;
  amount: number | string | null;
  currency: string | null;
  status: DecisionStatus;
  route: Route;
  truth: Truth | null;
  undoes: boolean;
  verdict: Verdict | null;
  review_id: string | null;
  execution_id: string | null;
  execution_status: ExecutionStatus | null;
  created_at: string;
  decided_at: string | null;
};

type StatusRow = {
  status: DecisionStatus;
  count: number | string;
  apps: string[];
  first_at: string;
  last_at: string;
};

/**
 * Everything decided about one subject, newest first by keyset, with totals over all of it. Throws `not_found` where
 * nothing was decided that the caller may see.
 */
export async function getSubject(
  ctx: Context,
  { params, query }: { params: Subject; query: ListQuery },
): Promise<SubjectView> {
  authorize(ctx, "decisions.read");
  const about = ofSubject(ctx, params);
  const [statuses, moved, url, rows] = await Promise.all([
    countStatuses(ctx, about),
    sumMoved(ctx, about),
    latestUrl(ctx, about),
    readPage(ctx, about, query),
  ]);
  if (statuses.length === 0)
    throw new DomainError("not_found", `Nothing was decided about ${params.type} ${params.id}`);
  const backwards = query.ending_before !== undefined && query.starting_after === undefined;
  const page = await maskFor(ctx, rows.slice(0, query.limit).map(viewOf));
  return {
    object: "subject",
    ...params,
    url: await maskFor(ctx, url),
    totals: { ...totalsOf(statuses), ...moved },
    decisions: {
      object: "list",
      url: `/api/v1/subjects/${encodeURIComponent(params.type)}/${encodeURIComponent(params.id)}`,
      has_more: rows.length > query.limit,
      data: backwards ? page.toReversed() : page,
    },
  };
}

/** Decisions (alias `d`) about the subject that the caller may see. */
function ofSubject(ctx: Context, { type, id }: Subject): SQL {
  const app = appBound(ctx);
  // A copy that measures its reviewer would be known by the case it was copied from: one of the two is shown at a time.
  const measures = seesMeasures(ctx)
    ? sql`not exists (select 1 from measures m where m.source_decision_id = d.id and m.answered_at is null)`
    : sql`not d.measure`;
  // An auditor answers first: what was drawn and is not judged yet is left out for them.
  const judged = may(ctx.actor, "audits.judge")
    ? sql`and (not d.audit_drawn or exists (select 1 from audits u where u.decision_id = d.id and u.status in ('done', 'expired')))`
    : sql``;
  return sql`d.org_id = ${ctx.orgId} and d.subject_type = ${type} and d.subject_id = ${id} and ${measures} ${judged}
    ${app ? sql`and d.app_id = ${app}` : sql``}`;
}

function countStatuses(ctx: Context, about: SQL): Promise<StatusRow[]> {
  return rowsOf<StatusRow>(
    ctx.db,
    sql`select d.status, count(*) as count, array_agg(distinct d.app_id) as apps, ${stamp("min(d.created_at)")} as first_at,
        ${stamp("max(d.created_at)")} as last_at
      from decisions d where ${about} group by d.status order by count(*) desc, d.status`,
  );
}

async function sumMoved(ctx: Context, about: SQL): Promise<{ moved: Money[]; taken_back: Money[] }> {
  const rows = await rowsOf<{ back: boolean; currency: string; amount: number | string }>(
    ctx.db,
    sql`select d.compensates_id is not null as back, coalesce(e.currency, d.currency) as currency,
        sum(coalesce(e.amount, d.amount)) as amount
      from decisions d join executions e on e.decision_id = d.id and e.kind = 'action' and e.status = 'succeeded'
      where ${about} and coalesce(e.amount, d.amount) > 0 and coalesce(e.currency, d.currency) is not null
      group by 1, 2 order by 3 desc`,
  );
  const sums = (isBack: boolean) =>
    rows
      .filter(({ back }) => back === isBack)
      .map(({ amount, currency }) => ({ amount: Number(amount), currency }));
  return { moved: sums(false), taken_back: sums(true) };
}

async function latestUrl(ctx: Context, about: SQL): Promise<string | null> {
  const [latest] = await rowsOf<{ url: string }>(
    ctx.db,
    sql`select d.subject_url as url from decisions d where ${about} and d.subject_url is not null order by d.id desc limit 1`,
  );
  return latest?.url ?? null;
}

function totalsOf(statuses: readonly StatusRow[]) {
  const counts = statuses.map(({ status, count }) => ({ status, count: Number(count) }));
  const isWaiting = (status: DecisionStatus) => status === "in_review" || status === "awaiting_second";
  const sum = (list: readonly { count: number }[]) => list.reduce((total, { count }) => total + count, 0);
  return {
    decisions: sum(counts),
    apps: new Set(statuses.flatMap(({ apps }) => apps)).size,
    waiting: sum(counts.filter(({ status }) => isWaiting(status))),
    by_status: counts,
    first_at: statuses.map(({ first_at }) => first_at).toSorted()[0] ?? "",
    last_at:
      statuses
        .map(({ last_at }) => last_at)
        .toSorted()
        .at(-1) ?? "",
  };
}

function readPage(ctx: Context, about: SQL, query: ListQuery): Promise<Row[]> {
  const { starting_after: after, ending_before: before, limit } = query;
  const backwards = before !== undefined && after === undefined;
  const past = after ? sql`and d.id < ${after}` : before ? sql`and d.id > ${before}` : sql``;
  const order = (id: SQL) => (backwards ? sql`${id} asc` : sql`${id} desc`);
  return rowsOf<Row>(
    ctx.db,
    sql`with page as materialized (select d.id from decisions d where ${about} ${past} order by ${order(sql`d.id`)}
        limit ${limit + 1})
      select d.id, a.key as app_key, a.name as app_name, t.key as type_key, t.name as type_name, t.summary_template,
        coalesce(d.edited_arguments, d.arguments) as arguments, d.amount, d.currency, d.status, d.route, d.truth,
        d.compensates_id is not null as undoes, r.verdict, r.id as review_id, e.id as execution_id,
        e.status as execution_status, ${stamp("d.created_at")} as created_at, ${stamp("d.decided_at")} as decided_at
      from page join decisions d on d.id = page.id
      join apps a on a.id = d.app_id
      join decision_types t on t.id = d.type_id
      left join lateral (select r.id, r.verdict from reviews r where r.decision_id = d.id order by r.id desc limit 1) r on true
      left join ${latestExecution} e on true
      order by ${order(sql`page.id`)}`,
  );
}

function viewOf(row: Row): SubjectDecision {
  const amount =
    row.amount === null || row.currency === null
      ? null
      : { amount: Number(row.amount), currency: row.currency };
  return {
    id: row.id,
    object: "decision",
    app: { key: row.app_key, name: row.app_name },
    type: { key: row.type_key, name: row.type_name },
    summary: actionSummary(row.summary_template, row.type_name, row.arguments, amount),
    status: row.status,
    route: row.route,
    amount,
    verdict: row.verdict,
    review_id: row.review_id,
    execution:
      row.execution_id === null || row.execution_status === null
        ? null
        : { id: row.execution_id, status: row.execution_status },
    undoes: row.undoes,
    truth: row.truth,
    created_at: row.created_at,
    decided_at: row.decided_at,
  };
}

function stamp(column: string): SQL {
  return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}

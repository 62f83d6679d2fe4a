import { sql } from "drizzle-orm";
import type { ExecutionStatus } from "@/lib/kernel/statuses";
import type { JsonObject } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import { decisionPage, type DecisionListQuery, type DecisionRow, type DecisionRows } from "../list";
import type { DecisionStatus, Prediction, Route, Truth } from "../schema";
import { actionSummary } from "../summary";
import { answersFirst, isBlindNow } from "./blind-now";
import { rowConditions } from "./decision-rows-sql";
import { externalIdColumn } from "./external-id";
import { latestExecution } from "./latest-execution";

type Row = {
  id: string;
  created_at: string;
  app_key: string;
  app_name: string;
  type_key: string;
  type_name: string;
  summary_template: string;
  external_id: string | null;
  subject_type: string | null;
  subject_id: string | null;
  arguments: JsonObject;
  is_blind: boolean;
  predicted: Prediction;
  confidence: number | null;
  status: DecisionStatus;
  route: Route;
  execution: ExecutionStatus | null;
  truth: Truth | null;
  amount: number | null;
  currency: string | null;
};

/** A page of decisions, newest first, as a list shows them; by keyset on when they came and their id. */
export async function listDecisionRows(
  ctx: Context,
  query: DecisionListQuery,
  limit = decisionPage,
): Promise<DecisionRows> {
  authorize(ctx, "decisions.read");
  const backwards = query.before !== undefined && query.after === undefined;
  const found = await readRows(ctx, query, { backwards, limit });
  const page = found.slice(0, limit);
  const more = found.length > limit;
  return {
    data: await maskFor(ctx, (backwards ? page.toReversed() : page).map(viewOf)),
    older: backwards || more,
    newer: backwards ? more : query.after !== undefined,
  };
}

type Cut = { backwards: boolean; limit: number };

// The page is cut before anything is joined: whatever the filter, one page of rows is looked up.
function readRows(ctx: Context, query: DecisionListQuery, { backwards, limit }: Cut): Promise<Row[]> {
  const order = backwards ? sql`d.created_at, d.id` : sql`d.created_at desc, d.id desc`;
  return rowsOf<Row>(
    ctx.db,
    sql`with page as materialized (
        select d.id, d.created_at from decisions d
        where ${rowConditions(ctx, query)} and ${beyond(query)} order by ${order} limit ${limit + 1})
      select d.id, to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at,
        a.key as app_key, a.name as app_name, t.key as type_key, t.name as type_name, t.summary_template,
        ${externalIdColumn} as external_id, d.subject_type, d.subject_id, coalesce(d.edited_arguments, d.arguments) as arguments,
        ${answersFirst(ctx) ? isBlindNow : sql`false`} as is_blind, d.predicted, d.confidence, d.status, d.route, e.status as execution, d.truth, d.amount, d.currency
      from page join decisions d on d.id = page.id
      join apps a on a.id = d.app_id
      join decision_types t on t.id = d.type_id
      left join ${latestExecution} e on true
      order by ${backwards ? sql`page.created_at, page.id` : sql`page.created_at desc, page.id desc`}`,
  );
}

function beyond({ after, before }: DecisionListQuery) {
  const from = (id: string) => sql`(select created_at from decisions where id = ${id})`;
  if (after) {
    return sql`d.created_at <= ${from(after)} and (d.created_at < ${from(after)} or d.id < ${after})`;
  }
  if (before) {
    return sql`d.created_at >= ${from(before)} and (d.created_at > ${from(before)} or d.id > ${before})`;
  }
  return sql`true`;
}

function viewOf(row: Row): DecisionRow {
  const amount =
    row.amount === null || row.currency === null ? null : { amount: row.amount, currency: row.currency };
  return {
    id: row.id,
    created_at: row.created_at,
    app: { key: row.app_key, name: row.app_name },
    type: { key: row.type_key, name: row.type_name },
    external_id: row.external_id,
    subject:
      row.subject_type === null || row.subject_id === null
        ? null
        : { type: row.subject_type, id: row.subject_id },
    summary: actionSummary(row.summary_template, row.type_name, row.arguments, amount),
    predicted: row.is_blind ? null : row.predicted,
    confidence: row.is_blind ? null : row.confidence,
    status: row.status,
    route: row.route,
    execution: row.execution,
    truth: row.truth,
    amount,
  };
}

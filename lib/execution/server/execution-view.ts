import { sql, type SQL } from "drizzle-orm";
import type { ConnectorClass } from "@/lib/apps/schema";
import { amountOf } from "@/lib/decisions/amount";
import { actionSummary } from "@/lib/decisions/summary";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import type { ExecutionKind, ExecutionStatus, ExecutionView } from "../schema";

type Row = {
  id: string;
  decision_id: string;
  app_id: string;
  app_key: string;
  type_key: string;
  type_name: string;
  summary_template: string;
  amount_pointer: string | null;
  currency_pointer: string | null;
  type_currency: string;
  kind: ExecutionKind;
  status: ExecutionStatus;
  needs_person: boolean;
  arguments: JsonObject;
  connector_id: string | null;
  connector_name: string | null;
  connector_class: ConnectorClass | null;
  action_key: string;
  attempt: number;
  max_attempts: number;
  external_reference: string | null;
  last_error: string | null;
  next_at: string | null;
  created_at: string;
  updated_at: string;
  settled_at: string | null;
};

/** A time as RFC 3339 text, straight from SQL: one format for both drivers. */
export const stamp = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** Executions as the API shows them, for a `where` over alias `e`, newest first unless asked otherwise. */
export async function executionViews(
  ctx: Context,
  { where, limit, order = sql`e.id desc` }: { where: SQL; limit: number; order?: SQL },
): Promise<ExecutionView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select e.id, e.decision_id, e.app_id, a.key as app_key, t.key as type_key, t.name as type_name,
        t.summary_template, t.amount_pointer, t.currency_pointer, t.currency as type_currency, e.kind, e.status,
        e.needs_person, e.arguments, e.connector_id, c.name as connector_name, e.connector_class, e.action_key,
        e.attempt, e.max_attempts, e.external_reference, e.last_error,
        case when e.status in ('pending', 'unknown') and not e.needs_person then ${stamp("e.next_at")} end as next_at,
        ${stamp("e.created_at")} as created_at, ${stamp("e.updated_at")} as updated_at,
        ${stamp("e.settled_at")} as settled_at
      from executions e
      join decisions d on d.id = e.decision_id
      join decision_types t on t.id = d.type_id
      join apps a on a.id = e.app_id
      left join connectors c on c.id = e.connector_id
      where e.org_id = ${ctx.orgId} and ${where} order by ${order} limit ${limit}`,
  );
  return maskFor(ctx, rows.map(viewOf));
}

function viewOf(row: Row): ExecutionView {
  const connector =
    row.connector_id && row.connector_class
      ? { id: row.connector_id, name: row.connector_name ?? row.connector_id, class: row.connector_class }
      : null;
  return {
    id: row.id,
    object: "execution",
    decision_id: row.decision_id,
    app_id: row.app_id,
    app: row.app_key,
    type: row.type_key,
    kind: row.kind,
    status: row.status,
    needs_person: row.needs_person,
    summary: actionSummary(row.summary_template, row.type_name, row.arguments, moneyOf(row)),
    connector,
    action_key: row.action_key,
    attempts: row.attempt,
    max_attempts: row.max_attempts,
    reference: row.external_reference,
    error: row.last_error,
    next_at: row.next_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
    settled_at: row.settled_at,
  };
}

function moneyOf(row: Row) {
  return amountOf(row.arguments, {
    amountPointer: row.amount_pointer,
    currencyPointer: row.currency_pointer,
    currency: row.type_currency,
  });
}

import { sql, type SQL } from "drizzle-orm";
import type { Prediction, Truth } from "@/lib/decisions/schema";
import { actionSummary } from "@/lib/decisions/summary";
import type { JsonObject } from "@/lib/kernel/json";
import type { Cause } from "@/lib/kernel/statuses";
import { may } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { answersFirst, isBlindNow } from "@/lib/decisions/server/blind-now";
import type { DiscrepancyQuery, DiscrepancySummary } from "../schema";
import type { DiscrepancyStatus, IssueStatus } from "../vocabulary";

export const stampOf = (moment: SQL): SQL =>
  sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export type SummaryRow = {
  id: string;
  status: DiscrepancyStatus;
  decision_id: string;
  app_id: string;
  app_key: string;
  app_name: string;
  type_id: string;
  type_key: string;
  type_name: string;
  summary_template: string;
  arguments: JsonObject;
  amount: number | string | null;
  currency: string | null;
  predicted: Prediction;
  pairs: string;
  proposed_cause: Cause | null;
  proposed_confidence: number | null;
  cause: Cause | null;
  truth: Truth | null;
  issue_id: string | null;
  issue_title: string | null;
  issue_status: IssueStatus | null;
  opened_at: string;
  updated_at: string;
};

/** Columns of {@link SummaryRow} over {@link summarySource}. */
export const summaryColumns = sql`x.id, x.status, x.decision_id, a.id as app_id, a.key as app_key, a.name as app_name, t.id as type_id,
  t.key as type_key, t.name as type_name, t.summary_template, coalesce(d.edited_arguments, d.arguments) as arguments, d.amount,
  d.currency, d.predicted, x.pairs, x.proposed_cause, x.proposed_confidence, x.cause, x.truth, x.issue_id, i.title as issue_title,
  i.status as issue_status, ${stampOf(sql`x.opened_at`)} as opened_at, ${stampOf(sql`x.updated_at`)} as updated_at`;

export const summarySource = sql`discrepancies x join decisions d on d.id = x.decision_id join apps a on a.id = x.app_id
  join decision_types t on t.id = x.type_id left join issues i on i.id = x.issue_id`;

export function summaryOf(row: SummaryRow): DiscrepancySummary {
  const amount =
    row.amount === null || row.currency === null
      ? null
      : { amount: Number(row.amount), currency: row.currency };
  return {
    id: row.id,
    object: "discrepancy",
    status: row.status,
    decision_id: row.decision_id,
    app: { id: row.app_id, key: row.app_key, name: row.app_name },
    type: { id: row.type_id, key: row.type_key, name: row.type_name },
    summary: actionSummary(row.summary_template, row.type_name, row.arguments, amount),
    amount,
    pairs: row.pairs === "" ? [] : row.pairs.split(","),
    proposed_cause: row.proposed_cause,
    proposed_confidence: row.proposed_confidence,
    cause: row.cause,
    issue:
      row.issue_id !== null && row.issue_title !== null && row.issue_status !== null
        ? { id: row.issue_id, title: row.issue_title, status: row.issue_status }
        : null,
    opened_at: row.opened_at,
    updated_at: row.updated_at,
  };
}

/**
 * True of a decision (alias `d`) that this person is still to answer blind: what the model and others said of it is kept
 * from them until then. A scalar for each row shown, as isBlindNow is.
 */
export function isBlindFor(ctx: Context): SQL {
  const reviewing = answersFirst(ctx) ? isBlindNow : sql`false`;
  if (ctx.actor.kind !== "user" || !may(ctx.actor, "audits.judge")) return reviewing;
  const me = actorName(ctx.actor);
  return sql`(${reviewing} or d.audit_pending or coalesce((select au.sent_by is distinct from ${me}
      and not coalesce((select true from audit_judgements j where j.audit_id = au.id and j.auditor = ${me}
        and j.blind_answer is not null limit 1), false)
    from audits au where au.decision_id = d.id and au.status in ('open', 'claimed') limit 1), false))`;
}

type Filter = Pick<DiscrepancyQuery, "app" | "status" | "cause" | "pair" | "issue" | "decision">;

/** What a filter asks of a record (alias `x`). */
export function conditionsOf(ctx: Context, filter: Filter): SQL {
  const { app, status, cause, pair, issue, decision } = filter;
  const parts = [sql`x.org_id = ${ctx.orgId}`];
  if (app)
    parts.push(
      sql`x.app_id in (select id from apps where org_id = ${ctx.orgId} and (key = ${app} or id = ${app}))`,
    );
  if (status === "waiting") parts.push(sql`x.status in ('open', 'proposed')`);
  else if (status) parts.push(sql`x.status = ${status}`);
  if (cause) parts.push(sql`coalesce(x.cause, x.proposed_cause) = ${cause}`);
  if (pair) parts.push(sql`${pair}::text = any(string_to_array(x.pairs, ','))`);
  if (issue === "none") parts.push(sql`x.issue_id is null and x.status = 'confirmed'`);
  else if (issue) parts.push(sql`x.issue_id = ${issue}`);
  if (decision) parts.push(sql`x.decision_id = ${decision}`);
  return sql.join(parts, sql` and `);
}

import { sql, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { latestExecution } from "@/lib/decisions/server/latest-execution";
import { actionSummary } from "@/lib/decisions/summary";
import type {
  ContextItem,
  DecisionStatus,
  Model,
  Prediction,
  Reason,
  Route,
  Truth,
} from "@/lib/decisions/schema";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { Cause, ExecutionStatus } from "@/lib/kernel/statuses";
import { rowsOf } from "@/lib/server/rows";
import type { AuditReveal, AuditStatus, AuditSummary, AuditView, Judgement } from "../schema";

export type AuditRow = {
  id: string;
  status: AuditStatus;
  app_id: string;
  app_key: string;
  app_name: string;
  type_id: string;
  type_key: string;
  type_name: string;
  summary_template: string;
  subject_type: string | null;
  subject_id: string | null;
  amount: number | null;
  currency: string | null;
  arguments: JsonObject;
  submitted_at: string;
  opened_at: string;
  due_at: string | null;
  overdue: boolean;
  claimed_by: string | null;
  holder_name: string | null;
  lease_until: string | null;
  blind_answer: Truth | null;
  blind_at: string | null;
  judgement: Judgement | null;
  judged_by: string | null;
  judge_name: string | null;
  judged_at: string | null;
  cause: Cause | null;
  note: string | null;
};

type FullRow = AuditRow & {
  input: JsonValue;
  context: ContextItem[] | null;
  decision_id: string;
  predicted: Prediction;
  confidence: number | null;
  rationale: string | null;
  model: Model | null;
  prompt_version: string | null;
  decision_status: DecisionStatus;
  route: Route;
  threshold: number | null;
  reasons: Reason[];
  decided_by: string | null;
  decided_at: string | null;
  truth: Truth | null;
  pi: number;
  execution_status: ExecutionStatus | null;
  execution_reference: string | null;
  execution_settled_at: string | null;
};

// Times leave as RFC 3339 text straight from SQL: one format for both drivers.
const stamp = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/**
 * What an audit (alias `a`) is right now; lists, counts and claims all read this one expression. Whoever has answered
 * keeps the audit: nobody else can answer after the reveal.
 */
export const statusNow = sql`case when a.status = 'done' then 'done'
  when a.claimed_by is not null and (a.blind_answer is not null or a.lease_until > now()) then 'claimed'
  else 'open' end`;

const listed = sql`a.id, ${statusNow} as status, ap.id as app_id, ap.key as app_key, ap.name as app_name,
  t.id as type_id, t.key as type_key, t.name as type_name, t.summary_template, d.subject_type, d.subject_id, d.amount,
  d.currency, d.arguments, ${stamp("d.created_at")} as submitted_at, ${stamp("a.created_at")} as opened_at,
  ${stamp("a.due_at")} as due_at, (a.status <> 'done' and a.due_at < now()) as overdue, a.claimed_by,
  holder.name as holder_name, ${stamp("a.lease_until")} as lease_until, a.blind_answer, ${stamp("a.blind_at")} as blind_at,
  a.judgement, a.judged_by, judge.name as judge_name, ${stamp("a.judged_at")} as judged_at, a.cause, a.note`;

const joined = sql`audits a join decisions d on d.id = a.decision_id join apps ap on ap.id = d.app_id
  join decision_types t on t.id = d.type_id
  left join users holder on 'user:' || holder.id = a.claimed_by
  left join users judge on 'user:' || judge.id = a.judged_by`;

/** Rows of the worklist for a `where` over `a` (audits) and `d` (decisions). */
export function auditRows(db: Database, where: SQL, order: SQL, limit: number): Promise<AuditRow[]> {
  return rowsOf<AuditRow>(
    db,
    sql`select ${listed} from ${joined} where ${where} order by ${order} limit ${limit}`,
  );
}

/** One audit as this actor may see it, or undefined. */
export async function findAuditView(
  db: Database,
  orgId: string,
  actor: string,
  auditId: string,
): Promise<AuditView | undefined> {
  const [row] = await rowsOf<FullRow>(
    db,
    sql`select ${listed}, d.input, d.context, d.id as decision_id, d.predicted, d.confidence, d.rationale, d.model,
        d.prompt_version, d.status as decision_status, d.route, d.threshold, d.reasons, d.decided_by,
        ${stamp("d.decided_at")} as decided_at, d.truth, a.pi_label as pi, e.status as execution_status,
        e.external_reference as execution_reference, ${stamp("e.settled_at")} as execution_settled_at
      from ${joined} left join ${latestExecution} e on true
      where a.id = ${auditId} and a.org_id = ${orgId}`,
  );
  return row && viewOf(row, actor);
}

/** The worklist's view of a row. It is built of blind columns only. */
export function summaryOf(row: AuditRow): AuditSummary {
  const amount =
    row.amount !== null && row.currency !== null ? { amount: row.amount, currency: row.currency } : null;
  const held = row.status === "claimed" && row.claimed_by !== null;
  return {
    id: row.id,
    object: "audit",
    status: row.status,
    app: { id: row.app_id, key: row.app_key, name: row.app_name },
    type: { id: row.type_id, key: row.type_key, name: row.type_name },
    subject:
      row.subject_type !== null && row.subject_id !== null
        ? { type: row.subject_type, id: row.subject_id }
        : null,
    summary: actionSummary(row.summary_template, row.type_name, row.arguments, amount),
    amount,
    submitted_at: row.submitted_at,
    opened_at: row.opened_at,
    due_at: row.due_at,
    overdue: row.overdue,
    held_by: held ? personOf(row.claimed_by, row.holder_name) : null,
    lease_until: held ? row.lease_until : null,
    answered: row.status !== "done" && row.blind_answer !== null,
    judgement: row.judgement,
    judged_by: personOf(row.judged_by, row.judge_name),
    judged_at: row.judged_at,
  };
}

function viewOf(row: FullRow, actor: string): AuditView {
  // Auditors are blind to the model before their own answer, and to each other until the audit is done.
  const open = row.status === "done" || (row.blind_answer !== null && row.claimed_by === actor);
  return {
    ...summaryOf(row),
    evidence: { input: row.input, context: row.context, arguments: row.arguments },
    blind_answer: open ? row.blind_answer : null,
    blind_at: open ? row.blind_at : null,
    cause: row.cause,
    note: row.note,
    reveal: open ? revealOf(row) : null,
  };
}

function revealOf(row: FullRow): AuditReveal {
  return {
    decision_id: row.decision_id,
    predicted: row.predicted,
    confidence: row.confidence,
    rationale: row.rationale,
    model: row.model,
    prompt_version: row.prompt_version,
    status: row.decision_status,
    route: { outcome: row.route, threshold: row.threshold, reasons: row.reasons },
    decided_by: row.decided_by,
    decided_at: row.decided_at,
    execution:
      row.execution_status === null
        ? null
        : {
            status: row.execution_status,
            reference: row.execution_reference,
            settled_at: row.execution_settled_at,
          },
    outcome: row.truth === null ? null : { truth: row.truth },
    pi: row.pi,
  };
}

function personOf(actor: string | null, name: string | null): { id: string; name: string } | null {
  if (actor === null) return null;
  const id = actor.replace(/^user:/, "");
  return { id, name: name ?? id };
}

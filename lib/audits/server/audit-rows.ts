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
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { RubricKey } from "../plans";
import type { AuditAnswer, AuditReveal, AuditState, AuditSummary, AuditView, Judgement } from "../schema";
import { holder, knewIt, stateNow, viewerJoins, viewerOf, type Viewer } from "./viewer";

export type AuditRow = {
  id: string;
  status: AuditState;
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
  held_by: string | null;
  holder_name: string | null;
  lease_until: string | null;
  answered: boolean;
  judges_needed: number;
  i_judged: boolean;
  i_sent: boolean;
  i_knew: boolean;
  broke_glass: boolean;
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
  pi: number | null;
  final_answer: Truth | null;
  final_at: string | null;
  my_answer: Truth | null;
  my_at: string | null;
  adjudicating: boolean;
  disputed: boolean;
  plan_id: string | null;
  plan_name: string | null;
  stratum: string | null;
  rubric_id: string | null;
  rubric_name: string | null;
  rubric_keys: RubricKey[] | null;
  sent_by: string | null;
  sender_name: string | null;
  sent_reason: string | null;
  answers: AuditAnswer[] | null;
  execution_status: ExecutionStatus | null;
  execution_reference: string | null;
  execution_settled_at: string | null;
};

// Times leave as RFC 3339 text straight from SQL: one format for both drivers.
const stamp = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

const listed = (
  viewer: Viewer,
): SQL => sql`a.id, ${stateNow(viewer)} as status, ap.id as app_id, ap.key as app_key,
  ap.name as app_name, t.id as type_id, t.key as type_key, t.name as type_name, t.summary_template, d.subject_type,
  d.subject_id, d.amount, d.currency, d.arguments, ${stamp("d.created_at")} as submitted_at,
  ${stamp("a.created_at")} as opened_at, ${stamp("a.due_at")} as due_at,
  (a.status <> 'done' and a.due_at < now()) as overdue, ${holder} as held_by, held.name as holder_name,
  to_char(coalesce(me.lease_until, other.lease_until) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as lease_until,
  coalesce(me.blind_answer is not null and me.judged_at is null, false) or other.blind_answer is not null as answered,
  a.judges_needed, me.judged_at is not null as i_judged, coalesce(a.sent_by = ${viewer.name}, false) as i_sent,
  ${knewIt(viewer)} as i_knew, ${brokeGlass(viewer)} as broke_glass,
  a.judgement, a.judged_by, judge.name as judge_name, ${stamp("a.judged_at")} as judged_at, a.cause, a.note`;

// That somebody approved it says what became of it: whoever is still to answer is not told.
const brokeGlass = (viewer: Viewer): SQL =>
  sql`(a.broke_glass and (a.status = 'done' or me.blind_answer is not null or not ${viewer.judges}::boolean))`;

const joined = (viewer: Viewer): SQL => sql`audits a join decisions d on d.id = a.decision_id
  join apps ap on ap.id = d.app_id join decision_types t on t.id = d.type_id ${viewerJoins(viewer)}
  left join users held on 'user:' || held.id = ${holder}
  left join users judge on 'user:' || judge.id = a.judged_by`;

/** Rows of the worklist for a `where` over `a` (audits), `d` (decisions) and `me` (the viewer's judgement). */
export function auditRows(
  db: Database,
  viewer: Viewer,
  where: SQL,
  order: SQL,
  limit: number,
): Promise<AuditRow[]> {
  return rowsOf<AuditRow>(
    db,
    sql`select ${listed(viewer)} from ${joined(viewer)} where ${where} order by ${order} limit ${limit}`,
  );
}

/** One audit as this actor may see it, or undefined. */
export async function findAuditView(ctx: Context, auditId: string): Promise<AuditView | undefined> {
  const viewer = viewerOf(ctx);
  const [row] = await rowsOf<FullRow>(
    ctx.db,
    sql`select ${listed(viewer)}, d.input, d.context, d.id as decision_id, d.predicted, d.confidence, d.rationale, d.model,
        d.prompt_version, d.status as decision_status, d.route, d.threshold, d.reasons, d.decided_by,
        ${stamp("d.decided_at")} as decided_at, d.truth, a.pi_label as pi, a.blind_answer as final_answer,
        ${stamp("a.blind_at")} as final_at, me.blind_answer as my_answer, ${stamp("me.blind_at")} as my_at,
        coalesce(me.adjudication, false) as adjudicating, a.disputed_at is not null as disputed,
        p.id as plan_id, p.name as plan_name, a.stratum, r.id as rubric_id, r.name as rubric_name, r.keys as rubric_keys,
        a.sent_by, sender.name as sender_name, a.sent_reason, ${givenAnswers} as answers,
        e.status as execution_status, e.external_reference as execution_reference,
        ${stamp("e.settled_at")} as execution_settled_at
      from ${joined(viewer)} left join ${latestExecution} e on true
      left join sampling_plans p on p.id = a.plan_id left join rubrics r on r.id = p.rubric_id
      left join users sender on 'user:' || sender.id = a.sent_by
      where a.id = ${auditId} and a.org_id = ${ctx.orgId}`,
  );
  return row && viewOf(row, viewer);
}

const givenAnswers = sql`(select json_agg(json_build_object('auditor', json_build_object('id', substr(j.auditor, 6),
    'name', coalesce(u.name, j.auditor)), 'answer', j.blind_answer, 'judgement', j.judgement, 'cause', j.cause,
    'note', j.note, 'rubric', j.rubric, 'adjudication', j.adjudication, 'judged_at', ${stamp("j.judged_at")})
    order by j.judged_at)
  from audit_judgements j left join users u on 'user:' || u.id = j.auditor
  where j.audit_id = a.id and j.judged_at is not null)`;

/** The worklist's view of a row. It is built of blind columns only. */
export function summaryOf(row: AuditRow): AuditSummary {
  const amount =
    row.amount !== null && row.currency !== null ? { amount: row.amount, currency: row.currency } : null;
  const held = row.status === "claimed" && row.held_by !== null;
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
    held_by: held ? personOf(row.held_by, row.holder_name) : null,
    lease_until: held ? row.lease_until : null,
    answered: held && row.answered,
    judges_needed: row.judges_needed,
    broke_glass: row.broke_glass,
    judgement: row.judgement,
    judged_by: personOf(row.judged_by, row.judge_name),
    judged_at: row.judged_at,
  };
}

function viewOf(row: FullRow, viewer: Viewer): AuditView {
  // Auditors are blind to the model before their own answer, and to each other until they have judged.
  const done = row.status === "done";
  const open = done || row.my_answer !== null;
  return {
    ...summaryOf(row),
    evidence: { input: row.input, context: row.context, arguments: row.arguments },
    blind_answer: row.my_answer ?? (done ? row.final_answer : null),
    blind_at: row.my_answer === null ? (done ? row.final_at : null) : row.my_at,
    cause: row.cause,
    note: row.note,
    rubric:
      row.rubric_id !== null && row.rubric_name !== null && row.rubric_keys !== null
        ? { id: row.rubric_id, name: row.rubric_name, keys: row.rubric_keys }
        : null,
    adjudicating: row.my_answer !== null && row.adjudicating && !done,
    answers: answersFor(row, viewer),
    reveal: open ? revealOf(row) : null,
  };
}

/** All answers once it is done, or the viewer has judged and they differed, or the last word is theirs; else their own. */
function answersFor(row: FullRow, viewer: Viewer): AuditAnswer[] | null {
  const answers = row.answers ?? [];
  if (row.status === "done") return answers;
  const lastWord = row.adjudicating && row.my_answer !== null;
  if (row.disputed && (row.i_judged || lastWord)) return answers;
  if (!row.i_judged) return null;
  return answers.filter(({ auditor }) => `user:${auditor.id}` === viewer.name);
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
    plan:
      row.plan_id !== null && row.plan_name !== null
        ? { id: row.plan_id, name: row.plan_name, stratum: row.stratum }
        : null,
    sent:
      row.sent_by === null ? null : { by: personOf(row.sent_by, row.sender_name), reason: row.sent_reason },
  };
}

type Person = { id: string; name: string };

function personOf(actor: string, name: string | null): Person;
function personOf(actor: string | null, name: string | null): Person | null;
function personOf(actor: string | null, name: string | null): Person | null {
  if (actor === null) return null;
  const id = actor.replace(/^user:/, "");
  return { id, name: name ?? id };
}

import { sql, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { ExecutionStatus, ReviewStatus, Verdict } from "@/lib/kernel/statuses";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { inAskedOrder, sharedLookUp } from "@/lib/server/batcher";
import { hotRowsOf, rowsOf } from "@/lib/server/rows";
import { actionSummary } from "../summary";
import { askedDecisions, type AskedDecision } from "./asked-decisions";
import { externalIdColumn } from "./external-id";
import { latestExecution } from "./latest-execution";
import type {
  Citation,
  ContextItem,
  DecisionStatus,
  DecisionView,
  Model,
  Prediction,
  Reason,
  Route,
  Truth,
} from "../schema";
import type { AutonomyLevel } from "@/lib/apps/schema";

type Row = {
  id: string;
  livemode: boolean;
  app_id: string;
  app_key: string;
  type_key: string;
  type_name: string;
  summary_template: string;
  action_key: string | null;
  external_id: string | null;
  subject_type: string | null;
  subject_id: string | null;
  subject_url: string | null;
  input: JsonValue;
  context: ContextItem[] | null;
  arguments: JsonObject;
  edited_arguments: JsonObject | null;
  predicted: Prediction;
  amount: number | null;
  currency: string | null;
  rationale: string | null;
  citations: Citation[] | null;
  confidence: number | null;
  calibrated: number | null;
  map: { id: string; number: number; kind: string; labels: number } | null;
  model: Model | null;
  prompt_version: string | null;
  status: DecisionStatus;
  route: Route;
  level: AutonomyLevel;
  threshold: number | null;
  reasons: Reason[];
  truth: Truth | null;
  decided_by: string | null;
  decided_at: string | null;
  expires_at: string | null;
  metadata: Record<string, string> | null;
  created_at: string;
  updated_at: string;
  review_id: string | null;
  review_status: ReviewStatus | null;
  review_due_at: string | null;
  review_verdict: Verdict | null;
  review_reason: string | null;
  review_note: string | null;
  execution_id: string | null;
  execution_status: ExecutionStatus | null;
  execution_attempts: number | null;
  execution_reference: string | null;
  execution_error: string | null;
  execution_held_until: string | null;
};

// Times leave as RFC 3339 text straight from SQL: one format for both drivers.
const stamp = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/**
 * Decisions as the API shows them, for a `where` over alias `d` and an order; one query with the newest review and
 * the action's execution of each. Up to `limit` rows.
 */
export async function decisionViews(
  db: Database,
  where: SQL,
  order: SQL,
  limit: number,
): Promise<DecisionView[]> {
  const rows = await rowsOf<Row>(
    db,
    sql`select ${viewColumns} from decisions d ${viewJoins} where ${where} order by ${order} limit ${limit}`,
  );
  return rows.map(viewOf);
}

/**
 * One decision as the API shows it, undefined where the asker sees none. Those who ask while a reading is under way
 * share the next.
 */
export async function decisionView(db: Database, asked: AskedDecision): Promise<DecisionView | undefined> {
  const row = await sharedRow(db, asked);
  return row ? viewOf(row) : undefined;
}

const sharedRow = sharedLookUp<AskedDecision, Row & { at: number }>(async (db, asked) =>
  inAskedOrder(
    asked,
    await hotRowsOf(
      db,
      sql`select asked.at::int as at, ${viewColumns} from ${askedDecisions(asked)} ${viewJoins}`,
    ),
  ),
);

const viewColumns = sql`d.id, d.livemode, d.app_id, a.key as app_key, t.key as type_key, t.name as type_name, t.summary_template,
    ca.key as action_key, ${externalIdColumn} as external_id, d.subject_type, d.subject_id, d.subject_url, d.input, d.context, d.arguments,
    d.edited_arguments, d.predicted, d.amount, d.currency, d.rationale, d.citations, d.confidence, d.calibrated, case when cm.id is not null then json_build_object('id', cm.id, 'number', cm.number,
      'kind', cm.kind, 'labels', cm.figures -> 'n') end as map, d.model, d.prompt_version,
    d.status, d.route, d.level, d.threshold, d.reasons, d.truth, d.decided_by, ${stamp("d.decided_at")} as decided_at,
    ${stamp("d.expires_at")} as expires_at, d.metadata, ${stamp("d.created_at")} as created_at,
    ${stamp("d.updated_at")} as updated_at, r.id as review_id, r.status as review_status,
    ${stamp("r.due_at")} as review_due_at, r.verdict as review_verdict, r.reason_code as review_reason,
    r.note as review_note, e.id as execution_id, e.status as execution_status, e.attempt as execution_attempts,
    e.external_reference as execution_reference, e.last_error as execution_error,
    ${stamp("e.held_until")} as execution_held_until`;

const viewJoins = sql`join apps a on a.id = d.app_id
  join decision_types t on t.id = d.type_id
  left join connector_actions ca on ca.id = t.action_id
  left join calibration_maps cm on cm.id = d.calibration_id
  left join lateral (select * from reviews r where r.decision_id = d.id order by r.id desc limit 1) r on true
  left join ${latestExecution} e on true`;

function viewOf(row: Row): DecisionView {
  const money =
    row.amount !== null && row.currency !== null ? { amount: row.amount, currency: row.currency } : null;
  const args = row.edited_arguments ?? row.arguments;
  return {
    id: row.id,
    object: "decision",
    livemode: row.livemode,
    app_id: row.app_id,
    app: row.app_key,
    type: row.type_key,
    external_id: row.external_id,
    subject:
      row.subject_type !== null && row.subject_id !== null
        ? { type: row.subject_type, id: row.subject_id, url: row.subject_url }
        : null,
    input: row.input,
    context: row.context,
    proposal: {
      action: row.action_key,
      arguments: row.arguments,
      predicted: row.predicted,
      summary: actionSummary(row.summary_template, row.type_name, args, money),
      amount: money,
    },
    edited_arguments: row.edited_arguments,
    rationale: row.rationale === null ? null : { text: row.rationale, citations: row.citations ?? [] },
    confidence: confidenceOf(row),
    model: row.model,
    prompt_version: row.prompt_version,
    status: row.status,
    route: { outcome: row.route, level: row.level, threshold: row.threshold, reasons: row.reasons },
    review: reviewOf(row),
    response: row.review_verdict === "respond" ? row.review_note : null,
    execution: executionOf(row),
    outcome: row.truth === null ? null : { truth: row.truth },
    decided_by: row.decided_by,
    decided_at: row.decided_at,
    expires_at: row.expires_at,
    metadata: row.metadata ?? {},
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

function reviewOf(row: Row): DecisionView["review"] {
  if (row.review_id === null || row.review_status === null) return null;
  return {
    id: row.review_id,
    status: row.review_status,
    due_at: row.review_due_at,
    verdict: row.review_verdict,
    reason_code: row.review_reason,
    note: row.review_note,
  };
}

function executionOf(row: Row): DecisionView["execution"] {
  if (row.execution_id === null || row.execution_status === null) return null;
  return {
    id: row.execution_id,
    status: row.execution_status,
    attempts: row.execution_attempts ?? 0,
    reference: row.execution_reference,
    error: row.execution_error,
    held_until: row.execution_held_until,
  };
}

function confidenceOf({ confidence: raw, calibrated, map }: Row): DecisionView["confidence"] {
  if (raw === null) return null;
  return calibrated === null ? { raw } : { raw, calibrated, ...(map ? { map } : {}) };
}

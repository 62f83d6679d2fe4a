import { sql, type SQL } from "drizzle-orm";
import type { Reversibility } from "@/lib/apps/schema";
import type { Prediction, Reason } from "@/lib/decisions/schema";
import { amountOf } from "@/lib/decisions/amount";
import { actionSummary } from "@/lib/decisions/summary";
import type { JsonObject } from "@/lib/kernel/json";
import type { Money } from "@/lib/kernel/money";
import type { ReviewStatus, Verdict } from "@/lib/kernel/statuses";
import { isDeliberate, severityOf } from "../impact";
import type { Returned, ReviewKind, ReviewSummary } from "../schema";
import { stamp, statusNow } from "./review-sql";

/** A row of {@link summaryColumns}. */
export type SummaryRow = {
  id: string;
  decision_id: string;
  kind: ReviewKind;
  status: ReviewStatus;
  app_id: string;
  app_key: string;
  app_name: string;
  type_id: string;
  type_key: string;
  type_name: string;
  queue_id: string;
  queue_key: string;
  queue_name: string;
  subject_type: string | null;
  subject_id: string | null;
  subject_url: string | null;
  summary_template: string;
  arguments: JsonObject;
  edited_arguments: JsonObject | null;
  amount: number | string | null;
  currency: string | null;
  amount_pointer: string | null;
  currency_pointer: string | null;
  amount_cap: number | string | null;
  /** The type's own: caps and costs are in it, whatever currency a proposal moves. */
  cap_currency: string;
  reversibility: Reversibility;
  is_blind: boolean;
  predicted: Prediction;
  confidence: number | null;
  reasons: Reason[];
  opened_at: string;
  due_at: string;
  overdue: boolean;
  escalation_level: number;
  claimed_by: string | null;
  claimed_name: string | null;
  assigned_to: string | null;
  assigned_name: string | null;
  returned: Returned | null;
  lease_until: string | null;
  snoozed_until: string | null;
  staged_verdict: Verdict | null;
  staged_by: string | null;
  staged_name: string | null;
  effective_at: string | null;
  verdict: Verdict | null;
  reason_code: string | null;
  note: string | null;
  resolved_by: string | null;
  resolved_name: string | null;
  resolved_at: string | null;
};

export const summaryColumns = sql`r.id, r.decision_id, r.kind, ${statusNow} as status, a.id as app_id, a.key as app_key,
  a.name as app_name, t.id as type_id, t.key as type_key, t.name as type_name, q.id as queue_id, q.key as queue_key,
  q.name as queue_name, d.subject_type, d.subject_id, d.subject_url, t.summary_template, d.arguments, d.edited_arguments, d.amount,
  d.currency, t.amount_pointer, t.currency_pointer, au.amount_cap, t.currency as cap_currency, t.reversibility, (r.blind and r.staged_verdict is null and r.resolved_at is null) as is_blind, d.predicted, d.confidence, d.reasons, ${stamp("r.created_at")} as opened_at,
  ${stamp("r.due_at")} as due_at, (r.resolved_at is null and r.due_at <= now()) as overdue, r.escalation_level,
  case when r.status = 'claimed' and (r.lease_until > now() or r.staged_verdict is not null) then r.claimed_by end as claimed_by,
  h.name as claimed_name, r.assigned_to, g.name as assigned_name, r.returned, ${stamp("r.lease_until")} as lease_until, ${stamp("r.snoozed_until")} as snoozed_until,
  case when r.verdict is null then r.staged_verdict end as staged_verdict, r.staged_by, s.name as staged_name,
  ${stamp("r.effective_at")} as effective_at, r.verdict, r.reason_code, r.note, r.resolved_by, w.name as resolved_name,
  ${stamp("r.resolved_at")} as resolved_at`;

/** What {@link summaryColumns} reads from, over a source of reviews aliased `r`. */
export function summarySource(reviews: SQL): SQL {
  return sql`${reviews} join decisions d on d.id = r.decision_id
    join apps a on a.id = d.app_id
    join decision_types t on t.id = d.type_id
    join queues q on q.id = r.queue_id
    left join autonomies au on au.app_id = d.app_id and au.type_id = d.type_id
    left join users h on h.id = substr(r.claimed_by, 6)
    left join users g on g.id = substr(r.assigned_to, 6)
    left join users s on s.id = substr(r.staged_by, 6)
    left join users w on w.id = substr(r.resolved_by, 6)`;
}

/** A row as the API shows it. */
export function summaryOf(row: SummaryRow): ReviewSummary {
  const money = moneyOf(row);
  const impact = { amount: money, cap: capOf(row), reversibility: row.reversibility };
  return {
    id: row.id,
    object: "review",
    decision_id: row.decision_id,
    kind: row.kind,
    status: row.status,
    app: { id: row.app_id, key: row.app_key, name: row.app_name },
    type: { id: row.type_id, key: row.type_key, name: row.type_name },
    queue: { id: row.queue_id, key: row.queue_key, name: row.queue_name },
    subject:
      row.subject_type !== null && row.subject_id !== null
        ? { type: row.subject_type, id: row.subject_id, url: row.subject_url }
        : null,
    summary: actionSummary(row.summary_template, row.type_name, row.edited_arguments ?? row.arguments, money),
    amount: money,
    severity: severityOf(impact),
    deliberate: isDeliberate(impact),
    reversibility: row.reversibility,
    blind: row.is_blind,
    predicted: row.is_blind ? null : row.predicted,
    confidence: row.is_blind ? null : row.confidence,
    reasons: row.is_blind ? row.reasons.filter(saysNothingOfTheModel) : row.reasons,
    opened_at: row.opened_at,
    due_at: row.due_at,
    overdue: row.overdue,
    escalation_level: row.escalation_level,
    held_by: person(row.claimed_by, row.claimed_name),
    assigned_to: person(row.assigned_to, row.assigned_name),
    returned: row.returned,
    lease_until: row.claimed_by === null ? null : row.lease_until,
    snoozed_until: row.status === "snoozed" ? row.snoozed_until : null,
    staged: stagedOf(row),
    verdict: row.verdict,
    reason_code: row.reason_code,
    note: row.note,
    resolved_by: person(row.resolved_by, row.resolved_name),
    resolved_at: row.resolved_at,
  };
}

/** What it moves as it stands: as an earlier reviewer made it, or as proposed. */
function moneyOf(row: SummaryRow): Money | null {
  if (row.edited_arguments !== null) {
    const { amount_pointer: amountPointer, currency_pointer: currencyPointer, cap_currency: currency } = row;
    return amountOf(row.edited_arguments, { amountPointer, currencyPointer, currency });
  }
  if (row.amount === null || row.currency === null) return null;
  return { amount: Number(row.amount), currency: row.currency };
}

/** How sure a model is can be read off the threshold it did not reach. */
function saysNothingOfTheModel({ kind }: Reason): boolean {
  return kind !== "confidence" && kind !== "threshold";
}

/** The cap in force, or null. */
export function capOf(row: Pick<SummaryRow, "amount_cap" | "cap_currency">): Money | null {
  return row.amount_cap === null ? null : { amount: Number(row.amount_cap), currency: row.cap_currency };
}

function stagedOf(row: SummaryRow): ReviewSummary["staged"] {
  const by = person(row.staged_by, row.staged_name);
  if (row.staged_verdict === null || by === null || row.effective_at === null) return null;
  return { verdict: row.staged_verdict, by, effective_at: row.effective_at };
}

/** `user:<id>` and a name as a person; whoever is not one is the clock. */
export function person(stored: string | null, name: string | null): { id: string; name: string } | null {
  if (stored === null) return null;
  return stored.startsWith("user:")
    ? { id: stored.slice("user:".length), name: name ?? "Somebody" }
    : { id: stored, name: "The clock" };
}

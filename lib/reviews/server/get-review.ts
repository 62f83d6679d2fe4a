import { sql } from "drizzle-orm";
import type { AutonomyLevel } from "@/lib/apps/schema";
import type { Citation, ContextItem, DecisionStatus, Model, Route } from "@/lib/decisions/schema";
import { isObserved } from "@/lib/decisions/observed";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { verdicts, type Verdict } from "@/lib/kernel/statuses";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { maskFor } from "@/lib/policies/server/mask-for";
import type { Calibrated, GivenMap } from "../calibrated";
import { historyNote } from "../history";
import type { ApprovalState } from "../approvals";
import type { ReviewView } from "../schema";
import { approvalState } from "./approval-state";
import { calibratedClaim } from "./calibrated-claim";
import { dwellColumns, dwellOf, type DwellCase } from "./check-dwell";
import { externalIdColumn } from "@/lib/decisions/server/external-id";
import { capOf, person, summaryColumns, summaryOf, summarySource, type SummaryRow } from "./review-rows";
import { inSight } from "./queue-scope";
import { stamp } from "./review-sql";

type Row = SummaryRow &
  DwellCase & {
    claimed_at: string | null;
    decision_status: DecisionStatus;
    livemode: boolean;
    external_id: string | null;
    input: JsonValue;
    context: ContextItem[] | null;
    review_edited_arguments: JsonObject | null;
    rationale: string | null;
    citations: Citation[] | null;
    model: Model | null;
    prompt_version: string | null;
    expires_at: string | null;
    decided_by: string | null;
    route: Route;
    level: AutonomyLevel;
    threshold: number | null;
    given: GivenMap | null;
    proposer: string | null;
    proposer_name: string | null;
    undoes: ReviewView["undoes"];
    undone_by: string | null;
    observed: JsonValue;
    observed_at: string | null;
    observed_money: string[] | null;
    action_name: string | null;
    connector_name: string | null;
    arguments_schema: JsonObject;
    decline_reasons: string[];
    verdicts: Verdict[] | null;
    undo_seconds: number;
    lease_seconds: number;
    stop: ReviewView["stop"];
    history: { type: string; at: string; by: string | null; data: JsonObject }[] | null;
  };

const detailColumns = sql`d.status as decision_status, d.livemode, ${externalIdColumn} as external_id, d.input, d.context,
  r.edited_arguments as review_edited_arguments, d.rationale, d.citations, d.model, d.prompt_version,
  ${stamp("d.expires_at")} as expires_at, d.decided_by, d.route, d.level, d.threshold,
  case when d.submitted_by like 'user:%' then d.submitted_by end as proposer, p.name as proposer_name,
  (select json_build_object('execution_id', e.id, 'decision_id', e.decision_id) from executions e
    where e.id = d.compensates_id) as undoes,
  (select json_build_object('value', d.calibrated, 'map', json_build_object('id', m.id, 'number', m.number, 'kind', m.kind,
      'labels', m.figures -> 'n', 'fitted_at', ${stamp("m.created_at")}))
    from calibration_maps m where m.id = d.calibration_id and d.calibrated is not null) as given,
  (select x.name from decision_types x where x.org_id = d.org_id and x.key = t.compensation ->> 'type') as undone_by, d.observed, ${stamp("d.observed_at")} as observed_at,
  ca.config -> 'observe' -> 'money_pointers' as observed_money, ca.name as action_name,
  co.name as connector_name, t.arguments_schema,
  coalesce(q.decline_reasons, t.decline_reasons) as decline_reasons, q.verdicts, q.undo_seconds, q.lease_seconds,
  ${dwellColumns}, ${stamp("r.claimed_at")} as claimed_at,
  (select json_build_object('scope', st.scope, 'reason', st.reason) from stops st
    where st.org_id = d.org_id and st.active and st.scope_id in (d.org_id, d.app_id)
    order by st.scope = 'app' limit 1) as stop,
  (select json_agg(e order by e.id) from (
    select ev.id, ev.type, ${stamp("ev.at")} as at, ev.data, u.name as by from events ev
      left join users u on u.id = substr(ev.data ->> 'by', 6)
      where ev.decision_id = d.id and ev.type not like 'audit.%' order by ev.id desc limit 50) e) as history`;

/** Everything the focus view needs, in one read. Throws `not_found`. */
export async function getReview(ctx: Context, input: { reviewId: string }): Promise<ReviewView> {
  authorize(ctx, "reviews.read");
  const source = summarySource(sql`reviews r`);
  const [row] = await rowsOf<Row>(
    ctx.db,
    sql`select ${summaryColumns}, ${detailColumns} from ${source}
      left join connector_actions ca on ca.id = t.action_id
      left join connectors co on co.id = ca.connector_id
      left join users p on d.submitted_by like 'user:%' and p.id = substr(d.submitted_by, 6)
      where r.id = ${input.reviewId} and r.org_id = ${ctx.orgId}${await inSight(ctx)}`,
  );
  if (!row) throw new DomainError("not_found", `There is no review ${input.reviewId}`);
  const calibrated = row.is_blind || row.confidence === null ? null : await calibratedClaim(ctx, row);
  // An appeal is answered by a verb of its own: no approval is asked for.
  const approvals = row.kind === "appeal" ? noApprovals : await approvalState(ctx, input.reviewId);
  const view = viewOf(row, calibrated, approvals);
  const { arguments_schema, ...shown } = view;
  return { ...(await maskFor(ctx, shown)), arguments_schema };
}

const noApprovals: ApprovalState = {
  rule: null,
  stages: [],
  given: [],
  stage: 1,
  missing: 0,
  refusal: null,
  may_break_glass: false,
};

function viewOf(row: Row, calibrated: Calibrated | null, approvals: ApprovalState): ReviewView {
  const blind = row.is_blind;
  return {
    ...summaryOf(row),
    decision: {
      status: row.decision_status,
      livemode: row.livemode,
      external_id: row.external_id,
      input: row.input,
      context: row.context,
      arguments: row.arguments,
      edited_arguments: row.review_edited_arguments ?? row.edited_arguments,
      rationale: blind ? null : row.rationale,
      citations: blind ? [] : (row.citations ?? []),
      model: row.model,
      prompt_version: row.prompt_version,
      expires_at: row.expires_at,
      decided_by: row.decided_by,
    },
    proposer: person(row.proposer, row.proposer_name),
    undoes: row.undoes,
    undone_by: row.undone_by,
    calibrated,
    observed:
      row.observed_at !== null && isObserved(row.observed)
        ? { at: row.observed_at, values: row.observed.values, money: row.observed_money ?? [] }
        : null,
    route: { outcome: row.route, level: row.level, threshold: row.threshold, amount_cap: capOf(row) },
    action:
      row.action_name === null || row.connector_name === null
        ? null
        : { name: row.action_name, connector: row.connector_name },
    arguments_schema: row.arguments_schema,
    amount_pointer: row.amount_pointer,
    decline_reasons: row.decline_reasons,
    verdicts: row.verdicts ?? [...verdicts],
    approvals,
    undo_seconds: row.undo_seconds,
    lease_seconds: row.lease_seconds,
    not_before: notBefore(row),
    stop: row.stop,
    history: (row.history ?? []).map(({ type, at, by, data }) => ({
      type,
      at,
      by,
      note: historyNote(type, blind ? {} : data),
      data: blind ? {} : told(data),
    })),
  };
}

function notBefore(row: Row): string | null {
  const needed = dwellOf(row);
  if (needed === 0 || row.claimed_by === null || row.claimed_at === null) return null;
  return new Date(Date.parse(row.claimed_at) + needed * 1000).toISOString();
}

// Who did it stands beside it by name.
function told({ by: _, ...data }: JsonObject): JsonObject {
  return data;
}

import { randomBytes } from "node:crypto";
import { sql, type SQL } from "drizzle-orm";
import { actorName, type Context } from "@/lib/server/context";
import { actionKeyOf } from "@/lib/decisions/server/move-decision";
import type { DecisionStatus } from "@/lib/decisions/schema";
import { newId } from "@/lib/kernel/ids";
import { recordset } from "@/lib/server/recordset";
import { hotStatement } from "@/lib/server/rows";
import type { Plan } from "./plan-decision";

export type Entry = { plan: Plan; idempotencyKey: string | null; actor: string; livemode: boolean };
/** What came with a decision; times as RFC 3339 text, by the database's clock. */
export type Written = {
  createdAt: string;
  reviewId: string | null;
  dueAt: string | null;
  executionId: string | null;
};

const statusOf: Record<Plan["routing"]["route"], DecisionStatus> = {
  execute: "approved",
  review: "in_review",
  decline: "declined",
  shadow: "recorded",
};

/** The status a freshly routed decision is stored with. */
export const bornStatus = (plan: Plan): DecisionStatus => statusOf[plan.routing.route];

/** What becomes of an entry whose key was used: it alone is left out, or all fail with a unique violation. */
export type IfUsed = "left out" | "all fail";

/**
 * Composes the one statement that writes a set of routed decisions with their reviews, executions, events and one
 * journal entry, however many there are. Calling what it returns sends it, and answers those that were written.
 */
export function composeWrite(
  ctx: Context,
  entries: readonly Entry[],
  ifUsed: IfUsed,
): () => Promise<Map<string, Written>> {
  const rows = entries.map((entry) => rowOf(ctx.orgId, entry));
  const fresh = ifUsed === "left out" ? sql`incoming join written using (id)` : sql`incoming`;
  const hasFindings = entries.some(({ plan }) => plan.findings.length > 0);
  const send = hotStatement<{ id: string; created_at: string }>(
    ctx.db,
    sql`with incoming as materialized (select * from ${recordset(columns, rows)} i),
      written as (insert into decisions (${decisionColumns}, version, audit_pending, decided_at, approval_expires_at)
        select ${decisionColumns}, 1, audit_drawn, case when decided_by is not null then now() end,
          case when approval_nonce is not null
            then least(now() + make_interval(secs => hold_seconds, mins => ttl_minutes), expires_at) end
        from incoming
        ${ifUsed === "left out" ? sql`on conflict do nothing` : sql``}
        returning id, approval_expires_at),
      opened as (insert into reviews (id, org_id, decision_id, app_id, type_id, queue_id, kind, status, due_at, severity,
          expected_loss)
        select review_id, org_id, id, app_id, type_id, queue_id, 'approval', 'open', now() + make_interval(mins => sla_minutes),
          severity, expected_loss
        from ${fresh} where review_id is not null),
      executed as (insert into executions (id, org_id, decision_id, app_id, type_id, connector_id, action_id,
          connector_class, connector_version, max_attempts, action_key, arguments, action_digest, approval_nonce, amount,
          currency, execute_before, held_until, next_at)
        select execution_id, org_id, id, app_id, type_id, connector_id, action_id, connector_class, connector_version,
          max_attempts, action_key, arguments, action_digest, approval_nonce, amount, currency, approval_expires_at,
          case when hold_seconds > 0 then now() + make_interval(secs => hold_seconds) end,
          now() + make_interval(secs => hold_seconds)
        from incoming join written using (id) where execution_id is not null),
      ${hasFindings ? findingsOf(fresh) : sql``}
      told as (insert into events (org_id, type, decision_id, subject, data)
        select org_id, 'decision.created', id, id, jsonb_build_object('route', route, 'app_id', app_id)
        from ${fresh}),
      journalled as (${journalOfNew(ctx, fresh)})
      select id, (select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as created_at from written`,
  );
  return async () => {
    const fresh = new Map((await send()).map((row) => [row.id, row.created_at]));
    return new Map(
      rows.flatMap((row, index): [string, Written][] => {
        const createdAt = fresh.get(row.id);
        const plan = entries[index]?.plan;
        if (createdAt === undefined || !plan) return [];
        const { review_id: reviewId, execution_id: executionId } = row;
        const { placement } = plan;
        const dueAt = placement === null ? null : later(createdAt, placement.slaMinutes);
        return [[row.id, { createdAt, reviewId, dueAt, executionId }]];
      }),
    );
  };
}

const findingsOf = (fresh: SQL) => sql`seen as (insert into decision_findings (decision_id, org_id, findings)
        select id, org_id, findings from ${fresh} where findings is not null),`;

/**
 * The journal's entry of what was new, put together by the database because mostly only it knows which were. A line is made
 * of ids and digests, which need no escaping, and the members stand in the order of RFC 8785.
 */
function journalOfNew(ctx: Context, fresh: SQL): SQL {
  const actor = actorName(ctx.actor);
  const head = JSON.stringify({ action: entryAction, actor, at: ctx.now.toISOString(), data: { items: [] } });
  return sql`insert into journal (org_id, actor, action, subject, entry)
    select ${ctx.orgId}, ${actor}, ${entryAction}, min(id),
      ${head.slice(0, -"]}}".length)} || string_agg('"' || ${journalLine} || '"', ',' order by id) || ']},"subject":"' || min(id) || '"}'
    from ${fresh} having count(*) > 0`;
}

const entryAction = "decisions.submitted";
const journalLine = sql`concat_ws(' ', id, submitted_by, route, request_hash, coalesce(action_digest, '-'))`;

function later(from: string, minutes: number): string {
  return new Date(Date.parse(from) + minutes * 60_000).toISOString();
}

/** The columns of decisions that intake fills as they come. */
const stored = {
  id: "text",
  org_id: "text",
  app_id: "text",
  type_id: "text",
  external_id: "text",
  idempotency_key: "text",
  request_hash: "text",
  subject_type: "text",
  subject_id: "text",
  subject_url: "text",
  input: "jsonb",
  context: "jsonb",
  arguments: "jsonb",
  predicted: "text",
  rationale: "text",
  citations: "jsonb",
  confidence: "float8",
  model: "jsonb",
  prompt_version: "text",
  amount: "bigint",
  currency: "text",
  metadata: "jsonb",
  livemode: "boolean",
  status: "text",
  route: "text",
  reasons: "jsonb",
  level: "text",
  threshold: "float8",
  pi_label: "float8",
  pi_ref: "float8",
  draw_u: "float8",
  audit_drawn: "boolean",
  action_digest: "text",
  approval_nonce: "text",
  approvals: "int",
  decided_by: "text",
  expires_at: "timestamptz",
  submitted_by: "text",
  epoch_id: "text",
  calibrated: "float8",
  calibration_id: "text",
} as const;
/** What their reviews and their executions need besides. */
const columns = {
  ...stored,
  execution_id: "text",
  action_key: "text",
  connector_id: "text",
  action_id: "text",
  connector_class: "text",
  connector_version: "int",
  max_attempts: "int",
  review_id: "text",
  queue_id: "text",
  sla_minutes: "int",
  severity: "text",
  expected_loss: "float8",
  hold_seconds: "int",
  ttl_minutes: "int",
  findings: "jsonb",
} as const;
const decisionColumns = sql.raw(Object.keys(stored).join(", "));

function rowOf(orgId: string, { plan, idempotencyKey, actor, livemode }: Entry) {
  const { submission, type, routing, placement } = plan;
  const runs = routing.route === "execute";
  const action = runs ? type.action : null;
  return {
    id: plan.id,
    org_id: orgId,
    app_id: type.appId,
    type_id: type.typeId,
    external_id: submission.external_id,
    idempotency_key: idempotencyKey,
    request_hash: plan.requestHash,
    subject_type: submission.subject?.type,
    subject_id: submission.subject?.id,
    subject_url: submission.subject?.url,
    input: submission.input,
    context: submission.context,
    arguments: plan.arguments,
    predicted: submission.proposal.predicted,
    rationale: typeof submission.rationale === "string" ? submission.rationale : submission.rationale?.text,
    citations: typeof submission.rationale === "string" ? undefined : submission.rationale?.citations,
    confidence: plan.confidence,
    model: submission.model,
    prompt_version: submission.prompt_version,
    amount: plan.money?.amount,
    currency: plan.money?.currency,
    metadata: submission.metadata,
    livemode,
    status: bornStatus(plan),
    route: routing.route,
    reasons: routing.reasons,
    level: routing.level,
    threshold: routing.threshold,
    pi_label: routing.piLabel,
    pi_ref: routing.piRef,
    draw_u: plan.drawU,
    audit_drawn: routing.auditDrawn,
    action_digest: plan.digest,
    approval_nonce: action ? randomBytes(16).toString("hex") : null,
    approvals: runs ? 1 : 0,
    decided_by: runs || routing.route === "decline" ? "router" : null,
    expires_at: submission.expires_at,
    submitted_by: actor,
    epoch_id: routing.epochId,
    calibrated: plan.calibrated?.probability,
    calibration_id: plan.calibrated?.mapId,
    execution_id: action ? newId("execution") : null,
    action_key: action ? actionKeyOf(plan.id) : null,
    connector_id: action?.connectorId,
    action_id: action?.id,
    connector_class: action?.class,
    connector_version: action?.connectorVersion,
    max_attempts: action?.maxAttempts,
    review_id: placement === null ? null : newId("review"),
    queue_id: placement?.queueId,
    sla_minutes: placement?.slaMinutes,
    severity: placement?.severity,
    expected_loss: placement?.expectedLoss,
    hold_seconds: type.action?.holdSeconds ?? 0,
    ttl_minutes: type.approvalTtlMinutes,
    findings: plan.findings.length > 0 ? plan.findings : null,
  };
}

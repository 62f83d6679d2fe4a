import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { DecisionStatus } from "@/lib/decisions/schema";
import { actionKeyOf } from "@/lib/decisions/server/move-decision";
import { newId } from "@/lib/kernel/ids";
import type { Plan } from "./plan-decision";

/** A routed decision, and how it came. */
export type Entry = { plan: Plan; idempotencyKey: string | null; actor: string; livemode: boolean };

const statusOf: Record<Plan["routing"]["route"], DecisionStatus> = {
  execute: "approved",
  review: "in_review",
  decline: "declined",
  shadow: "recorded",
};

/** The status a freshly routed decision is stored with. */
export const bornStatus = (plan: Plan): DecisionStatus => statusOf[plan.routing.route];

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
/** With what their reviews and their executions need besides. */
export const columns = {
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
export const decisionColumns = sql.raw(Object.keys(stored).join(", "));

/** One decision as the statement that writes it reads it, with the ids of what comes with it. */
export function rowOf(orgId: string, { plan, idempotencyKey, actor, livemode }: Entry) {
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

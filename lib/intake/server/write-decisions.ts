import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { actionKeyOf } from "@/lib/decisions/server/move-decision";
import type { DecisionStatus } from "@/lib/decisions/schema";
import { newId } from "@/lib/kernel/ids";
import { rowsOf } from "@/lib/server/rows";
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

/**
 * Writes a set of routed decisions with their reviews, executions and events: one statement a table however many
 * there are, in the caller's transaction. Returns the ids that were new; a key already used is left alone.
 */
export async function writeDecisions(ctx: Context, entries: readonly Entry[]): Promise<Map<string, Written>> {
  const rows = entries.map((entry) => decisionRow(ctx.orgId, entry));
  const inserted = await rowsOf<{ id: string; created_at: string }>(
    ctx.db,
    sql`insert into decisions (id, org_id, app_id, type_id, external_id, idempotency_key, request_hash, subject_type,
        subject_id, input, context, arguments, predicted, rationale, confidence, model, prompt_version, amount, currency,
        metadata, livemode, status, version, route, reasons, level, threshold, pi_label, pi_ref, draw_u, audit_drawn,
        audit_pending, action_digest, decided_by, decided_at, expires_at, submitted_by)
      select id, org_id, app_id, type_id, external_id, idempotency_key, request_hash, subject_type,
        subject_id, input, context, arguments, predicted, rationale, confidence, model, prompt_version, amount, currency,
        metadata, livemode, status, 1, route, reasons, level, threshold, pi_label, pi_ref, draw_u, audit_drawn,
        audit_drawn, action_digest, decided_by, case when decided_by is null then null else now() end, expires_at, submitted_by
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(${decisionColumns})
      on conflict do nothing
      returning id, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at`,
  );
  const fresh = new Map(inserted.map((row) => [row.id, row.created_at]));
  const written = entries.filter((entry) => fresh.has(entry.plan.id));
  const reviews = await writeReviews(ctx, written);
  const executions = await writeExecutions(ctx, written);
  await writeEvents(ctx, written);
  return new Map(
    written.map(({ plan }) => {
      const createdAt = fresh.get(plan.id) ?? "";
      const reviewId = reviews.get(plan.id) ?? null;
      const dueAt = reviewId === null ? null : later(createdAt, plan.type.slaMinutes);
      return [plan.id, { createdAt, reviewId, dueAt, executionId: executions.get(plan.id) ?? null }];
    }),
  );
}

function later(from: string, minutes: number): string {
  return new Date(Date.parse(from) + minutes * 60_000).toISOString();
}

// Only what intake writes is named: the row type itself has half as many columns again, each looked up in every row.
const decisionColumns = sql.raw(
  `id text, org_id text, app_id text, type_id text, external_id text, idempotency_key text, request_hash text,
   subject_type text, subject_id text, input jsonb, context jsonb, arguments jsonb, predicted text, rationale text,
   confidence float8, model jsonb, prompt_version text, amount bigint, currency text, metadata jsonb, livemode boolean,
   status text, route text, reasons jsonb, level text, threshold float8, pi_label float8, pi_ref float8, draw_u float8,
   audit_drawn boolean, action_digest text, decided_by text, expires_at timestamptz, submitted_by text`,
);

function decisionRow(orgId: string, { plan, idempotencyKey, actor, livemode }: Entry) {
  const { submission, type, routing } = plan;
  const decided = routing.route === "execute" || routing.route === "decline";
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
    input: submission.input,
    context: submission.context,
    arguments: submission.proposal.arguments,
    predicted: submission.proposal.predicted,
    rationale: typeof submission.rationale === "string" ? submission.rationale : submission.rationale?.text,
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
    level: type.level,
    threshold: routing.threshold,
    pi_label: routing.piLabel,
    pi_ref: routing.piRef,
    draw_u: plan.drawU,
    audit_drawn: routing.auditDrawn,
    action_digest: plan.digest,
    decided_by: decided ? "router" : null,
    expires_at: submission.expires_at,
    submitted_by: actor,
  };
}

async function writeReviews(ctx: Context, entries: readonly Entry[]): Promise<Map<string, string>> {
  const rows = entries
    .filter(({ plan }) => plan.routing.route === "review")
    .map(({ plan }) => ({
      id: newId("review"),
      decision_id: plan.id,
      app_id: plan.type.appId,
      type_id: plan.type.typeId,
      queue_id: plan.type.queueId,
      sla_minutes: plan.type.slaMinutes,
    }));
  if (rows.length === 0) return new Map();
  await rowsOf(
    ctx.db,
    sql`insert into reviews (id, org_id, decision_id, app_id, type_id, queue_id, kind, status, due_at)
      select id, ${ctx.orgId}, decision_id, app_id, type_id, queue_id, 'approval', 'open', now() + make_interval(mins => sla_minutes)
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as r(id text, decision_id text, app_id text, type_id text, queue_id text, sla_minutes int)`,
  );
  return new Map(rows.map((row) => [row.decision_id, row.id]));
}

async function writeExecutions(ctx: Context, entries: readonly Entry[]): Promise<Map<string, string>> {
  const rows = entries.flatMap(({ plan }) => {
    const { action, appId } = plan.type;
    if (plan.routing.route !== "execute" || !action) return [];
    return {
      id: newId("execution"),
      decision_id: plan.id,
      app_id: appId,
      connector_id: action.connectorId,
      action_id: action.id,
      connector_class: action.class,
      connector_version: action.connectorVersion,
      max_attempts: action.maxAttempts,
      action_key: actionKeyOf(plan.id),
      arguments: plan.submission.proposal.arguments,
      action_digest: plan.digest,
    };
  });
  if (rows.length === 0) return new Map();
  await rowsOf(
    ctx.db,
    sql`insert into executions (id, org_id, decision_id, app_id, connector_id, action_id, connector_class,
        connector_version, max_attempts, action_key, arguments, action_digest)
      select id, ${ctx.orgId}, decision_id, app_id, connector_id, action_id, connector_class, connector_version,
        max_attempts, action_key, arguments, action_digest
      from json_populate_recordset(null::executions, ${JSON.stringify(rows)}::json)`,
  );
  return new Map(rows.map((row) => [row.decision_id, row.id]));
}

async function writeEvents(ctx: Context, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ plan }) => ({ id: plan.id, route: plan.routing.route, app: plan.type.appId }));
  await rowsOf(
    ctx.db,
    sql`insert into events (org_id, type, decision_id, subject, data)
      select ${ctx.orgId}, 'decision.created', id, id, json_build_object('route', route, 'app_id', app)
      from json_to_recordset(${JSON.stringify(rows)}::json) as e(id text, route text, app text)`,
  );
}

import { sql, type SQL } from "drizzle-orm";
import { type Contract, routeDecision } from "@/lib/routing/route-decision";
import type { Prediction, Reason, Route } from "@/lib/decisions/schema";
import type { AutonomyLevel } from "@/lib/apps/schema";
import type { Verdict } from "@/lib/kernel/statuses";
import { newId } from "@/lib/kernel/ids";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { drawMeasure } from "./draw-measure";

export type NewCopy = {
  kind: "gold" | "double";
  queueId: string;
  sourceDecisionId: string;
  /** The arrival or the ruling it was drawn for; the copy is due as long after its opening as that one was. */
  causeReviewId: string;
  probability: number;
  draw: number;
  expected: Verdict;
  firstReviewer: string | null;
  excluded: readonly string[];
};

type Source = {
  app_id: string;
  route: Route;
  reasons: Reason[];
  level: AutonomyLevel;
  threshold: number | null;
  predicted: Prediction;
  confidence: number | null;
  amount: number | string | null;
  currency: string | null;
  now_level: AutonomyLevel;
  now_threshold: number | null;
  decline_threshold: number | null;
  audit_rate: number;
  amount_cap: number | string | null;
  type_currency: string;
  moves_money: boolean;
  contracts: Contract[] | null;
};

/**
 * Puts a copy of a past decision before another reviewer: its own id and an ordinary review, told like any arrival. It
 * carries nothing out (the database refuses its execution) and no figure counts it. Null when nothing true can be said
 * of why it needs a person, or when this cause has its copy already.
 */
export async function putCopy(
  ctx: Context,
  copy: NewCopy,
): Promise<{ measureId: string; reviewId: string } | null> {
  return inTransaction(ctx, async (ctx) => {
    const source = await readSource(ctx, copy.sourceDecisionId);
    const routed = source && routedToday(source);
    if (!source || !routed) return null;
    const ids = { measure: newId("measure"), decision: newId("decision"), review: newId("review") };
    const [put] = await rowsOf<{ id: string }>(ctx.db, insert(ctx, copy, ids, routed));
    if (!put) return null;
    const created = { type: "decision.created", subject: ids.decision, decisionId: ids.decision } as const;
    await emit(ctx, { ...created, data: { route: "review", app_id: source.app_id } });
    const { kind, queueId, sourceDecisionId, causeReviewId, probability, draw } = copy;
    await record(ctx, "measure.put", ids.measure, {
      kind,
      queue: queueId,
      source: sourceDecisionId,
      review: ids.review,
      cause: causeReviewId,
      probability,
      draw,
    });
    return { measureId: ids.measure, reviewId: ids.review };
  });
}

async function readSource(ctx: Context, id: string): Promise<Source | undefined> {
  const [source] = await rowsOf<Source>(
    ctx.db,
    sql`select d.app_id, d.route, d.reasons, d.level, d.threshold, d.predicted, d.confidence, d.amount, d.currency,
        coalesce(au.level, 'review_all') as now_level, au.threshold as now_threshold, au.decline_threshold,
        coalesce(au.audit_rate, 1) as audit_rate, au.amount_cap, t.currency as type_currency,
        t.amount_pointer is not null as moves_money,
        (select json_agg(json_build_object('id', k.id, 'epochId', k.epoch_id, 'predicted', k.predicted,
            'amountFrom', k.amount_from, 'amountTo', k.amount_to, 'level', k.level, 'threshold', k.threshold,
            'auditRate', k.audit_rate, 'rampShare', k.ramp_share) order by k.id)
          from contracts k where k.app_id = d.app_id and k.type_id = d.type_id and k.archived_at is null) as contracts
      from decisions d join decision_types t on t.id = d.type_id
      left join autonomies au on au.app_id = d.app_id and au.type_id = d.type_id
      where d.id = ${id} and d.org_id = ${ctx.orgId} and not d.measure and d.compensates_id is null`,
  );
  return source;
}

type Routed = { reasons: Reason[]; level: AutonomyLevel; threshold: number | null };

/** Why a person would be asked of it today; where nobody would, why one was then. */
function routedToday(source: Source): Routed | null {
  const numberOf = (stored: number | string | null) => (stored === null ? null : Number(stored));
  const proposal = { ...source, amount: numberOf(source.amount) };
  const today = routeDecision(
    proposal,
    {
      level: source.now_level,
      threshold: source.now_threshold,
      declineThreshold: source.decline_threshold,
      auditRate: source.audit_rate,
      amountCap: numberOf(source.amount_cap),
      currency: source.type_currency,
      movesMoney: source.moves_money,
      contracts: source.contracts ?? [],
    },
    [],
    { audit: 1, ramp: 0 },
  );
  if (today.route === "review") {
    return { reasons: today.reasons, level: today.level, threshold: today.threshold };
  }
  if (source.route !== "review") return null;
  return { reasons: source.reasons, level: source.level, threshold: source.threshold };
}

type Ids = { measure: string; decision: string; review: string };

// Everything in one statement; where the cause has its copy already, nothing is written.
function insert(ctx: Context, copy: NewCopy, ids: Ids, routed: Routed): SQL {
  const { kind, queueId, sourceDecisionId: source, causeReviewId: cause, excluded } = copy;
  const blind = drawMeasure(ids.review, "blind");
  return sql`with measured as (
      insert into measures (id, org_id, kind, queue_id, source_decision_id, cause_review_id, probability, draw_u,
          decision_id, review_id, expected, first_reviewer)
        values (${ids.measure}, ${ctx.orgId}, ${kind}, ${queueId}, ${source}, ${cause}, ${copy.probability}::float8,
          ${copy.draw}::float8, ${ids.decision}, ${ids.review}, ${copy.expected}, ${copy.firstReviewer})
        on conflict do nothing returning decision_id, review_id),
    copied as (
      insert into decisions (id, org_id, app_id, type_id, request_hash, subject_type, subject_id, subject_url, input, context,
          arguments, predicted, rationale, citations, confidence, model, prompt_version, amount, currency, metadata,
          livemode, status, route, reasons, level, threshold, pi_label, pi_ref, draw_u, audit_drawn, audit_pending,
          observed, observed_at, submitted_by, measure)
        select m.decision_id, s.org_id, s.app_id, s.type_id, s.request_hash, s.subject_type, s.subject_id, s.subject_url, s.input,
          s.context, s.arguments, s.predicted, s.rationale, s.citations, s.confidence, s.model, s.prompt_version,
          s.amount, s.currency, s.metadata, s.livemode, 'in_review', 'review', ${JSON.stringify(routed.reasons)}::jsonb,
          ${routed.level}, ${routed.threshold}::float8, 1, 1, ${copy.draw}::float8, false, false, s.observed,
          case when s.observed_at is not null then now() end, s.submitted_by, true
        from measured m, decisions s where s.id = ${source} returning id, org_id, app_id, type_id)
    insert into reviews (id, org_id, decision_id, app_id, type_id, queue_id, kind, status, due_at, severity,
        expected_loss, excluded, blind)
      select m.review_id, c.org_id, c.id, c.app_id, c.type_id, ${queueId}, 'approval', 'open',
        now() + (r.due_at - r.created_at), coalesce(o.severity, r.severity), coalesce(o.expected_loss, r.expected_loss),
        ${JSON.stringify(excluded)}::jsonb, ${blind}::float8 < q.blind_rate
      from measured m, copied c, reviews r join queues q on q.id = ${queueId}
      left join lateral (select severity, expected_loss from reviews where decision_id = ${source} order by id limit 1) o on true
      where r.id = ${cause}
      returning id`;
}

import { sql, type SQL } from "drizzle-orm";
import type { Prediction } from "@/lib/decisions/schema";
import { recordLabel } from "@/lib/decisions/server/record-label";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { truthOf } from "../loss";
import type { PlanSpec, PlanView, StratumResult } from "../plans";
import { auditDueHours, type Judgement } from "../schema";
import { holdPropensities } from "./draw-lock";
import { getPlan } from "./get-plan";
import { coinSql, planKey } from "./plan-coin";
import { populationSql } from "./plan-population";
import { segmentMembers } from "./segment-members";

type Draft = { id: string; spec: PlanSpec; judges_needed: number };

/**
 * Draws a plan, once. Every decision of its population gets a coin of its own, a keyed hash of its id, and is drawn when
 * the coin falls below its stratum's rate. What an earlier draw (routing's or a plan's) has chosen is not opened again:
 * it counts, and because both draws are independent the probability of being chosen by either is
 * `1 - (1 - before)·(1 - rate)`; that is stored with the new audits and put in place of the old one with those that were
 * there, with their labels and with every decision drawn from, so that weights 1/pi over all audits stay unbiased.
 * A decision that a person had sent here by choice becomes part of the sample when its coin says so.
 * One statement does it all: 100,000 decisions in about two seconds.
 */
export async function drawPlan(ctx: Context, input: { planId: string }): Promise<PlanView> {
  authorize(ctx, "audits.plan");
  return inTransaction(ctx, async (ctx) => {
    await holdPropensities(ctx);
    const draft = await takeDraft(ctx, input.planId);
    const members = await segmentMembers(ctx, draft.spec);
    const found = await rowsOf<StratumResult & { stratum: string }>(ctx.db, drawing(ctx, draft, members));
    const result = draft.spec.strata.map(({ name, rate }) => lineOf(found, name, rate));
    await labelChosen(ctx, draft.id);
    await rowsOf(
      ctx.db,
      sql`update sampling_plans set result = ${JSON.stringify(result)}::jsonb where id = ${draft.id}`,
    );
    const drawn = result.reduce((sum, line) => sum + line.drawn, 0);
    await emit(ctx, { type: "audit.plan_drawn", subject: draft.id, data: { drawn } });
    await record(ctx, "audit_plan.drawn", draft.id, { strata: result });
    return getPlan(ctx, { planId: draft.id });
  });
}

async function takeDraft(ctx: Context, planId: string): Promise<Draft> {
  const [draft] = await rowsOf<Draft>(
    ctx.db,
    sql`update sampling_plans set status = 'drawn', drawn_at = now()
      where id = ${planId} and org_id = ${ctx.orgId} and status = 'draft' returning id, spec, judges_needed`,
  );
  if (draft) return draft;
  await getPlan(ctx, { planId });
  throw new DomainError("conflict", "This plan is drawn already; write another one to draw again");
}

function lineOf(
  found: readonly (StratumResult & { stratum: string })[],
  name: string,
  rate: number,
): StratumResult {
  const rows = found.filter(({ stratum }) => stratum === name);
  const sum = (key: "eligible" | "drawn" | "audited_before") =>
    rows.reduce((total, row) => total + Number(row[key]), 0);
  return {
    name,
    rate,
    eligible: sum("eligible"),
    drawn: sum("drawn"),
    audited_before: sum("audited_before"),
  };
}

// What routing drew and the worker has not opened yet is opened here, so that it cannot be missed or opened twice.
function drawing(ctx: Context, { id, spec, judges_needed }: Draft, members: string[] | undefined): SQL {
  const idStart = newId("audit").slice(0, 14);
  const known = sql`(audit_pi is not null or audit_pending)`;
  return sql`with pop as materialized (${populationSql(ctx, { spec, members })}),
    coined as materialized (
      select *, ${coinSql(planKey(id), sql`id`)} < rate as hit, 1 - (1 - before) * (1 - rate) as pi from pop),
    made as materialized (
      select ${idStart} || lpad(to_hex(row_number() over (order by id)), 6, '0')
          || substr(replace(gen_random_uuid()::text, '-', ''), 1, 10) as new_id, coined.*
      from coined where audit_id is null and (hit or audit_pending)),
    opened as (
      insert into audits (id, org_id, decision_id, pi_label, due_at, judges_needed, plan_id, stratum)
      select new_id, ${ctx.orgId}, id, pi, now() + make_interval(hours => ${auditDueHours}),
        case when hit then ${judges_needed}::int else 1 end, case when hit then ${id}::text end,
        case when hit then stratum end from made),
    told as (
      insert into events (org_id, type, decision_id, subject, data)
      select ${ctx.orgId}, 'audit.requested', id, new_id, '{}' from made),
    raised as (
      update audits a set pi_label = c.pi, plan_id = coalesce(a.plan_id, case when c.audit_pi is null then ${id}::text end),
        stratum = coalesce(a.stratum, case when c.audit_pi is null then c.stratum end)
      from coined c where a.id = c.audit_id and (c.audit_pi is not null or c.hit)),
    relabelled as (
      update labels l set pi_label = c.pi from coined c
      where l.decision_id = c.id and l.source = 'audit' and c.audit_pi is not null),
    weighed as (
      update decisions d set audit_pending = false,
        truth_pi = case when d.truth_source = 'audit' and d.route <> 'review' then c.pi else d.truth_pi end
      from coined c where d.id = c.id and (c.audit_pending or (c.audit_pi is not null and c.truth_source = 'audit'))),
    linked as (
      insert into plan_audits (plan_id, audit_id, stratum, pi)
      select ${id}, new_id, stratum, pi from made
      union all select ${id}, audit_id, stratum, pi from coined where audit_pi is not null or (audit_id is not null and hit)),
    chanced as (
      insert into audit_chances (decision_id, org_id, pi) select id, ${ctx.orgId}, pi from coined
      on conflict (decision_id) do update set pi = excluded.pi)
    select stratum, count(*) as eligible, count(*) filter (where hit and not ${known}) as drawn,
      count(*) filter (where ${known}) as audited_before from coined group by stratum`;
}

type Chosen = {
  decision_id: string;
  predicted: Prediction;
  judgement: Judgement;
  judged_by: string;
  pi: number;
  route: string;
};

/** What had been sent by choice and judged before this draw chose it too: now it is a random sample's label. */
async function labelChosen(ctx: Context, planId: string): Promise<void> {
  const chosen = await rowsOf<Chosen>(
    ctx.db,
    sql`select a.decision_id, d.predicted, d.route, a.judgement, a.judged_by, a.pi_label as pi
      from audits a join decisions d on d.id = a.decision_id
      where a.org_id = ${ctx.orgId} and a.plan_id = ${planId} and a.sent_by is not null and a.status = 'done'`,
  );
  const system: Context = { ...ctx, actor: { kind: "system", id: "draw" } };
  for (const { decision_id: decisionId, predicted, judgement, judged_by: actor, pi, route } of chosen) {
    const truth = truthOf(predicted, judgement);
    const truthPi = route === "review" ? 1 : pi;
    await recordLabel(system, { decisionId, source: "audit", truth, piLabel: pi, truthPi, actor });
  }
}

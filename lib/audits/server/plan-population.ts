import { sql, type SQL } from "drizzle-orm";
import { latestExecution } from "@/lib/decisions/server/latest-execution";
import type { Context } from "@/lib/server/context";
import type { PlanSpec, Stratum } from "../plans";

export type Population = {
  spec: PlanSpec;
  /** Ids of the decisions a segment's expression holds for; undefined: no segment. */
  members?: readonly string[] | undefined;
};

/**
 * The decisions a plan draws from, as the body of a CTE: what ran alone (or was ruled on by a person, where the plan
 * says so), each in the first stratum that holds it. Whether a decision is in it depends on nothing that any audit draw
 * decided. `before`: the probability that any draw so far would have chosen it (routing's for what ran alone, with the
 * plans drawn since).
 */
export function populationSql(ctx: Context, { spec, members }: Population): SQL {
  const held = membersSql(members);
  return sql`select * from (
    select d.id, d.route, d.predicted, d.truth_source, d.audit_pending, a.id as audit_id, a.pi_label as audit_pi,
      ${stratumCase(spec.strata, ({ name }) => sql`${name}::text`)} as stratum,
      ${stratumCase(spec.strata, ({ rate }) => sql`${rate}::float8`)} as rate,
      coalesce(c.pi, case when d.route in ('execute', 'decline') then d.pi_label else 0 end) as before
    from decisions d ${held.joined} left join ${latestExecution} e on true
    left join audits a on a.decision_id = d.id left join audit_chances c on c.decision_id = d.id
    where ${conditions(ctx, spec)}) p where stratum is not null`;
}

/** Decisions of this organisation that a plan may look at, over alias `d`, before any look at what became of them. */
export function basicConditions(ctx: Context, spec: PlanSpec): SQL {
  const parts: (SQL | undefined)[] = [
    sql`d.org_id = ${ctx.orgId}`,
    sql`d.route = any(${sql.param([...spec.routes])}::text[])`,
    sql`not d.measure`,
    sql`((d.route = 'execute' and d.status = 'approved') or (d.route = 'decline' and d.status = 'declined')
      or (d.route = 'review' and d.status in ('approved', 'declined') and d.decided_by like 'user:%'))`,
    spec.from === undefined ? undefined : sql`d.created_at >= ${spec.from}::timestamptz`,
    spec.to === undefined ? undefined : sql`d.created_at < ${spec.to}::timestamptz`,
    spec.app === undefined
      ? undefined
      : sql`d.app_id = (select id from apps where org_id = ${ctx.orgId} and (key = ${spec.app} or id = ${spec.app}))`,
    spec.type === undefined
      ? undefined
      : sql`d.type_id = (select id from decision_types where org_id = ${ctx.orgId} and (key = ${spec.type} or id = ${spec.type}))`,
    spec.reasons === undefined || spec.reasons.length === 0
      ? undefined
      : sql`exists (select 1 from jsonb_array_elements(d.reasons) r where r ->> 'code' = any(${sql.param([...spec.reasons])}::text[]))`,
  ];
  return sql.join(
    parts.filter((part) => part !== undefined),
    sql` and `,
  );
}

function conditions(ctx: Context, spec: PlanSpec): SQL {
  // A failed or cancelled action did nothing that could be judged; one that is unknown is not known to have run.
  return sql`${basicConditions(ctx, spec)} and coalesce(e.status, 'succeeded') = 'succeeded'`;
}

function membersSql(members: readonly string[] | undefined): { joined: SQL } {
  if (members === undefined) return { joined: sql`` };
  return {
    joined: sql`join jsonb_array_elements_text(${JSON.stringify(members)}::jsonb) m(id) on m.id = d.id`,
  };
}

function stratumCase(strata: readonly Stratum[], value: (stratum: Stratum) => SQL): SQL {
  const arms = strata.map((stratum) => sql`when ${within(stratum)} then ${value(stratum)}`);
  return sql`case ${sql.join(arms, sql` `)} end`;
}

function within({ confidence, predicted }: Stratum): SQL {
  const parts: SQL[] = [sql`true`];
  if (predicted !== undefined) parts.push(sql`d.predicted = ${predicted}`);
  if (confidence !== undefined) {
    const [low, high] = confidence;
    // The last bin is closed: a confidence of 1 belongs to it.
    const below = high === 1 ? sql`d.confidence <= 1` : sql`d.confidence < ${high}::float8`;
    parts.push(sql`d.confidence >= ${low}::float8 and ${below}`);
  }
  return sql.join(parts, sql` and `);
}

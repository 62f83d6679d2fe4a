import { sql, type SQL } from "drizzle-orm";
import type { Effect } from "@/lib/policies/schema";
import { appBound } from "@/lib/server/authorize";
import { rowsOf } from "@/lib/server/rows";
import type { WeightedSum } from "@/lib/stats/weighted-sum";
import { decisionsOf, type Window } from "./window";

/** Decisions that did not act alone whose reasons are read: those of a million would take too long. */
export const mostStopped = 50_000;

type Rule = {
  policyId: string;
  versionId: string;
  /** Null: a policy of every app, and none was chosen. */
  appId: string | null;
  name: string;
  number: number;
  status: "published" | "shadow";
  rule: string;
  effect: Effect;
  /** How often it was asked and held, of every app, on the days that the window touches. */
  asked: number;
  held: number;
};

type Did = {
  /** Decisions it held back or, in shadow, would have routed otherwise. */
  fired: number;
  /** Reviews that no other reason asked for; and, in shadow, reviews that would not have been. */
  extra: number;
  spared: number;
  /** Wrong proposals among them. */
  caught: number;
  /** Of those whose truth is known: where people in effect agreed with the rule, and where they did not. */
  right: WeightedSum | null;
  needless: WeightedSum | null;
};
export type RuleRow = Rule & Did;

type DidRow = Omit<Did, "right" | "needless"> & { version: string; rule: string } & Record<
    "rights" | "needlesses",
    WeightedSum
  >;

/** What every rule of a version in force or in shadow did in the window, as far as the newest decisions tell. */
export async function readRules(w: Window): Promise<{ rules: RuleRow[]; looked: number }> {
  const rules = await liveRules(w);
  if (rules.length === 0) return { rules: [], looked: 0 };
  const [fired, diverged, looked] = await Promise.all([
    readFired(w),
    readDiverged(w),
    rowsOf<{ n: number }>(
      w.ctx.db,
      sql`select count(*)::int as n from (select 1 from ${stopped(w)} limit ${mostStopped}) looked`,
    ),
  ]);
  const did = new Map([...fired, ...diverged].map((row) => [`${row.version}/${row.rule}`, row]));
  return { rules: rules.map((rule) => ({ ...rule, ...didOf(did, rule) })), looked: looked[0]?.n ?? 0 };
}

function didOf(did: ReadonlyMap<string, DidRow>, { versionId, rule }: Rule): Did {
  const row = did.get(`${versionId}/${rule}`);
  if (!row) return { fired: 0, extra: 0, spared: 0, caught: 0, right: null, needless: null };
  const { fired, extra, spared, caught, rights: right, needlesses: needless } = row;
  return { fired, extra, spared, caught, right, needless };
}

function liveRules({ ctx, filter, from, to }: Window): Promise<Rule[]> {
  const app =
    filter.app === undefined
      ? sql`null`
      : sql`(select id from apps where org_id = ${ctx.orgId} and (key = ${filter.app} or id = ${filter.app}))`;
  const own = appBound(ctx);
  return rowsOf<Rule>(
    ctx.db,
    sql`select p.id as "policyId", v.id as "versionId", coalesce(p.app_id, ${app}) as "appId", p.name, v.number, v.status,
        r.rule->>'id' as rule, r.rule->>'effect' as effect, coalesce(days.asked, 0)::int as asked, coalesce(days.hits, 0)::int as held
      from policies p join policy_versions v on v.policy_id = p.id and v.status in ('published', 'shadow')
        cross join lateral jsonb_array_elements(v.rules) with ordinality r (rule, place)
        left join lateral (select sum(d.asked) as asked, sum(d.hits) as hits from policy_days d
          where d.version_id = v.id and d.rule_id = r.rule->>'id' and d.day >= (${from.toISOString()}::timestamptz at time zone 'UTC')::date
            and d.day <= (${to.toISOString()}::timestamptz at time zone 'UTC')::date) days on true
      where p.org_id = ${ctx.orgId} and p.archived_at is null
        and ${own === undefined ? sql`true` : sql`(p.app_id is null or p.app_id = ${own})`}
        and ${filter.app === undefined ? sql`true` : sql`(p.app_id is null or p.app_id = ${app})`}
      order by p.position, v.status, r.place limit 200`,
  );
}

/** Decisions (alias `d`) of the window that did not act alone, newest first. */
function stopped(w: Window): SQL {
  return sql`decisions d where ${decisionsOf(w)} and d.route in ('review', 'decline')`;
}

const isWrong = sql`(truth <> predicted or edited)`;

/** The sums of a group, over columns truth, predicted, edited, pi, and whether what the rule did, or would have, was right. */
const sums = (right: SQL): SQL => {
  const of = (where: SQL) =>
    sql`json_build_object('count', count(*) filter (where ${where}), 'weight', coalesce(sum(1 / pi) filter (where ${where}), 0),
      'squaredWeight', coalesce(sum(1 / (pi * pi)) filter (where ${where}), 0))`;
  return sql`${of(sql`truth is not null and ${right}`)} as rights, ${of(sql`truth is not null and not ${right}`)} as needlesses`;
};

const facts = sql`d.predicted, d.truth, d.truth_pi as pi, d.edited_arguments is not null as edited`;

// A rule that declines was right where acting was wrong; one that asks, where the proposal was wrong or was changed.
function readFired(w: Window): Promise<DidRow[]> {
  return rowsOf<DidRow>(
    w.ctx.db,
    sql`with looked as materialized (select ${facts}, d.route, d.reasons from ${stopped(w)} order by d.created_at desc limit ${mostStopped}),
      fired as (
        select l.*, r.reason->'detail'->>'version_id' as version, r.reason->'detail'->>'rule' as rule
        from looked l cross join lateral jsonb_array_elements(l.reasons) r (reason) where r.reason->>'kind' = 'policy')
      select version, rule, count(*)::int as fired, 0 as spared,
        (count(*) filter (where route = 'review' and jsonb_array_length(reasons) = 1))::int as extra,
        (count(*) filter (where truth is not null and ${isWrong}))::int as caught,
        ${sums(sql`(case when route = 'decline' then truth = 'negative' else ${isWrong} end)`)}
      from fired where version is not null and rule is not null group by 1, 2`,
  );
}

// What it would have done is right where acting is, where not acting is, or where a person would have changed something.
function readDiverged(w: Window): Promise<DidRow[]> {
  const asks = sql`would like 'review%'`;
  return rowsOf<DidRow>(
    w.ctx.db,
    sql`with diverged as (
        select g.version_id as version, g.rule_id as rule, g.was, g.would, ${facts}
        from policy_divergences g join decisions d on d.id = g.decision_id
        where g.org_id = ${w.ctx.orgId} and ${decisionsOf(w)})
      select version, rule, count(*)::int as fired,
        (count(*) filter (where was not like 'review%' and ${asks}))::int as extra,
        (count(*) filter (where was like 'review%' and not ${asks}))::int as spared,
        (count(*) filter (where was = 'execute' and would <> 'execute' and truth is not null and ${isWrong}))::int as caught,
        ${sums(sql`(case would when 'execute' then truth = 'positive' when 'decline' then truth = 'negative' else ${isWrong} end)`)}
      from diverged where rule is not null group by 1, 2`,
  );
}

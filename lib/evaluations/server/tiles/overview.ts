import { sql } from "drizzle-orm";
import { counted } from "@/lib/kernel/counted";
import { rowsOf } from "@/lib/server/rows";
import type { WeightedSum } from "@/lib/stats/weighted-sum";
import type { TileBody } from "../../board-schema";
import { ranAlone, rowsBehind, withNotRun } from "../population";
import { runsOf } from "../read-counts";
import { shareNumbers } from "../reading";
import { decisionsOf, notNarrowedBy, othersOf, type Window } from "../window";

type BudgetRow = { id: string; app_id: string; name: string; alpha: number } & Record<
  "wrongs" | "rights" | "wrong_weight" | "right_weight" | "wrong_squared" | "right_squared",
  number
>;

/** Each contract's error among what ran alone against what it promises. */
export async function errorBudget(w: Window): Promise<TileBody> {
  const rows = await rowsOf<BudgetRow>(
    w.ctx.db,
    sql`${withNotRun(w.ctx)}, judged as (
        select d.app_id, d.type_id, d.predicted, d.amount, l.truth <> d.predicted as wrong, 1 / l.pi_label as w
        from labels l join decisions d on d.id = l.decision_id
        where l.org_id = ${w.ctx.orgId} and l.source = 'audit' and ${decisionsOf(w)}
          and d.route in ('execute', 'decline') and ${ranAlone})
      select c.id, c.app_id, a.name || ' · ' || t.name || ' · ' || case c.predicted when 'positive' then 'to act' else 'not to act' end
          || case when c.amount_from is null and c.amount_to is null then '' else ' · ' || coalesce(c.amount_from::text, '0') || '–' || coalesce(c.amount_to::text, '') end as name,
        (c.terms->>'alpha')::float8 as alpha,
        (count(j.w) filter (where j.wrong))::int as wrongs, (count(j.w) filter (where not j.wrong))::int as rights,
        coalesce(sum(j.w) filter (where j.wrong), 0) as wrong_weight, coalesce(sum(j.w) filter (where not j.wrong), 0) as right_weight,
        coalesce(sum(j.w * j.w) filter (where j.wrong), 0) as wrong_squared, coalesce(sum(j.w * j.w) filter (where not j.wrong), 0) as right_squared
      from contracts c join apps a on a.id = c.app_id join decision_types t on t.id = c.type_id
      left join judged j on j.app_id = c.app_id and j.type_id = c.type_id and j.predicted = c.predicted
        and (c.amount_from is null or j.amount >= c.amount_from) and (c.amount_to is null or j.amount < c.amount_to)
      where c.archived_at is null and ${othersOf(w, { org: sql`c.org_id`, app: sql`c.app_id`, type: sql`c.type_id` })}
      group by c.id, a.name, t.name order by name limit 50`,
  );
  const bars = rows.map((row) => {
    const wrong: WeightedSum = {
      count: row.wrongs,
      weight: row.wrong_weight,
      squaredWeight: row.wrong_squared,
    };
    const right: WeightedSum = {
      count: row.rights,
      weight: row.right_weight,
      squaredWeight: row.right_squared,
    };
    return { ...row, numbers: shareNumbers(wrong, right) };
  });
  const over = bars.filter(({ numbers, alpha }) => numbers.upper !== null && numbers.upper > alpha);
  return {
    sentence:
      bars.length === 0
        ? "No contract is signed for this app and type yet."
        : `${counted(bars.length, "contract")}; of ${over.length} the interval reaches above what is promised.`,
    population: "Decisions that ran alone in this time, were drawn for an audit and judged",
    weighting: "each weighted by one over its probability; none below an effective sample of 30",
    picture: {
      kind: "bars",
      unit: "share",
      bars: bars.map(({ id, app_id, name, alpha, numbers }) => ({
        label: name,
        value: numbers.value === null ? null : numbers.value / alpha,
        lower: numbers.lower === null ? null : numbers.lower / alpha,
        upper: numbers.upper === null ? null : numbers.upper / alpha,
        n: numbers.n,
        cumulative: null,
        href: `/apps/${app_id}/contracts/${id}`,
      })),
    },
    table: {
      columns: ["Contract", "Promised", "Error", "Lower", "Upper", "Audited", "Budget used"],
      rows: bars.map(({ name, alpha, numbers: { value, lower, upper, n } }) => [
        name,
        alpha,
        value,
        lower,
        upper,
        n,
        value === null ? null : value / alpha,
      ]),
    },
    rows: rowsBehind(w.ctx, w.filter, { route: "execute" }),
  };
}

type CostRow = { currency: string; name: string; decisions: number; cost: number; unknown: number };

/** What runs cost per decision they answered, by app. */
export async function costPerDecision(w: Window): Promise<TileBody> {
  const rows = await rowsOf<CostRow>(
    w.ctx.db,
    sql`select m.currency, coalesce(a.name, 'No app') as name, count(distinct r.decision_id)::int as decisions,
        coalesce(sum(r.cost_micros), 0)::float8 / 1e6 as cost, (count(*) filter (where r.cost_micros is null))::int as unknown
      from runs r join models m on m.id = r.model_id left join apps a on a.id = r.app_id
      where r.purpose = 'decision' and r.decision_id is not null and ${runsOf(w)}
      group by 1, 2 order by cost desc limit 50`,
  );
  const known = rows.filter(({ decisions, unknown, cost }) => decisions > unknown || cost > 0);
  const [first] = known;
  return {
    sentence: first
      ? `${first.name}: ${(first.cost / first.decisions).toFixed(6)} ${first.currency} a decision.`
      : "No decision of this time was made by a model here whose price is known.",
    population: "Decisions answered in this time by a model that is run here",
    weighting: "plain counts; retries and samples are part of a decision's cost",
    picture: null,
    table: {
      columns: ["App", "Currency", "Decisions", "Cost", "Per decision", "Runs without a price"],
      rows: rows.map(({ name, currency, decisions, cost, unknown }) => [
        name,
        currency,
        decisions,
        cost,
        decisions === 0 ? null : cost / decisions,
        unknown,
      ]),
    },
    not_narrowed_by: notNarrowedBy(w.filter),
    rows: null,
  };
}

import { sql } from "drizzle-orm";
import { rowsOf } from "@/lib/server/rows";
import type { PairSum } from "../paired";
import { labelledOf, othersOf, type Window } from "./window";
import { versionOf, type Versions } from "./version-sums";

/** Where both versions answered the same inputs: in shadow of each other, or in an experiment (`id` and `name`). */
export type PairRow = PairSum & { source: "shadow" | "experiment"; id: string | null; name: string | null };

/**
 * What both versions said of the same inputs whose truth is known: decisions of the window that one made while the other
 * answered in shadow, and the newest experiment finished in the window that tried both.
 */
export function readVersionPairs(w: Window, { a, b, by }: Versions): Promise<PairRow[]> {
  const named = by === "model" ? sql`m.model_id` : sql`p.key || '@' || v.version`;
  const pi = sql`1 / d.truth_pi`;
  const scope = (alias: string) =>
    othersOf(w, {
      org: sql.raw(`${alias}.org_id`),
      app: sql.raw(`${alias}.app_id`),
      type: sql.raw(`${alias}.type_id`),
    });
  return rowsOf<PairRow>(
    w.ctx.db,
    sql`with named as materialized (
        select v.id, ${named} as version from prompts p join prompt_versions v on v.prompt_id = p.id join models m on m.id = v.model_id
        where ${scope("p")} and ${named} in (${a}, ${b})),
      tried as (select c.experiment_id, c.id, n.version from experiment_candidates c join named n on n.id = c.prompt_version_id),
      newest as (
        select e.id, e.name, x.id as first_id, y.id as second_id from experiments e
          join tried x on x.experiment_id = e.id and x.version = ${a} join tried y on y.experiment_id = e.id and y.version = ${b}
        where e.status = 'done' and ${othersOf(w, {
          org: sql`e.org_id`,
          app: sql`e.app_id`,
          type: sql`e.type_id`,
          moment: sql`e.finished_at`,
        })} order by e.finished_at desc limit 1)
      select 'shadow' as source, null as id, null as name, d.truth,
        case when n.version = ${a} then s.predicted else d.predicted end as first,
        case when n.version = ${a} then d.predicted else s.predicted end as second,
        count(*)::int as count, sum(${pi})::float8 as weight, sum((${pi}) * (${pi}))::float8 as "squaredWeight"
      from named n join shadow_answers s on s.prompt_version_id = n.id and s.status = 'done' and s.predicted is not null
        join decisions d on d.id = s.decision_id
      where ${labelledOf(w)} and ${versionOf(by)} = case when n.version = ${a} then ${b} else ${a} end group by 4, 5, 6
      union all
      select 'experiment', e.id, e.name, i.truth, x.predicted, y.predicted, count(*)::int, sum(i.weight)::float8,
        sum(i.weight * i.weight)::float8
      from newest e join experiment_results x on x.candidate_id = e.first_id and x.status = 'done' and x.predicted is not null
        join experiment_results y on y.candidate_id = e.second_id and y.item_id = x.item_id and y.status = 'done' and y.predicted is not null
        join dataset_items i on i.id = x.item_id
      group by e.id, e.name, i.truth, x.predicted, y.predicted`,
  );
}

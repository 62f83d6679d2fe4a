import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { CandidateSummary, ExperimentView } from "../experiments";
import { personName, stamp } from "./dataset-rows";

type Row = Omit<ExperimentView, "object" | "summary"> & {
  summary: { candidates: CandidateSummary[] } | null;
};

const named = (alias: string): SQL =>
  sql.raw(`json_build_object('id', ${alias}.id, 'key', ${alias}.key, 'name', ${alias}.name)`);

const resultsWith = (status: "failed" | "interrupted"): SQL =>
  sql`(select count(*)::int from experiment_results r where r.experiment_id = x.id and r.status = ${status})`;

const scoresJson = sql`(select json_build_object('done', x.scores_done, 'total', x.scores_total,
    'failed', count(*) filter (where s.status = 'failed')::int, 'interrupted', count(*) filter (where s.status = 'interrupted')::int)
  from experiment_scores s where s.experiment_id = x.id and s.status in ('failed', 'interrupted'))`;
const evaluatorsJson = sql`(select coalesce(json_agg(json_build_object('id', e.id, 'name', e.name, 'kind', e.kind,
    'counts', e.status = 'active') order by e.id), '[]'::json)
  from experiment_evaluators y join evaluators e on e.id = y.evaluator_id where y.experiment_id = x.id)`;

const costCurrencies = sql`(select coalesce(json_agg(distinct m.currency order by m.currency), '[]'::json) from models m
  where m.provider <> 'local' and m.id in (
    select p.model_id from experiment_candidates c join prompt_versions p on p.id = c.prompt_version_id
      where c.experiment_id = x.id
    union all
    select w.config ->> 'model' from experiment_evaluators y join evaluator_versions w on w.id = y.version_id
      where y.experiment_id = x.id))`;

/** Experiments of the organisation that hold to `where` (alias `x`), the newest first. */
export async function experimentViews(ctx: Context, where: SQL, limit: number): Promise<ExperimentView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select x.id, x.name, ${named("a")} as app, ${named("t")} as type,
        json_build_object('id', d.id, 'name', d.name, 'version', v.version, 'version_id', v.id) as dataset,
        x.split, x.status, x.why, x.done, x.total, ${resultsWith("failed")} as failed,
        ${resultsWith("interrupted")} as interrupted, ${scoresJson} as scores, ${evaluatorsJson} as evaluators,
        x.spent_micros::float8 as spent_micros,
        x.cost_cap_micros::float8 as cost_cap_micros, ${costCurrencies} as cost_currencies, t.currency, x.margin, x.gate,
        (select json_agg(json_build_object('id', c.id, 'kind', c.kind, 'name', c.name, 'baseline', c.is_baseline,
            'ref', coalesce(c.prompt_version_id, c.artifact_id, c.policy_version_id)) order by c.position)
          from experiment_candidates c where c.experiment_id = x.id) as candidates,
        case when x.status = 'done' then x.summary end as summary, x.issue_id,
        ${personName("x.created_by")} as created_by, ${stamp("x.created_at")} as created_at,
        ${stamp("x.finished_at")} as finished_at
      from experiments x join apps a on a.id = x.app_id join decision_types t on t.id = x.type_id
      join dataset_versions v on v.id = x.dataset_version_id join datasets d on d.id = v.dataset_id
      where x.org_id = ${ctx.orgId} and ${where} order by x.id desc limit ${limit}`,
  );
  return rows.map((row) => ({ ...row, object: "experiment", summary: row.summary?.candidates ?? null }));
}

/** One experiment of the organisation. Throws `not_found`. */
export async function experimentById(ctx: Context, id: string): Promise<ExperimentView> {
  const [view] = await experimentViews(ctx, sql`x.id = ${id}`, 1);
  if (!view) throw new DomainError("not_found", `There is no experiment ${id.slice(0, 64)}`);
  return view;
}

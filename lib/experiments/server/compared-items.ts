import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ComparedItem } from "../experiments";
import type { ComparedShow } from "../experiment-endpoints";

const over = sql`(select 1 from experiment_results o where o.experiment_id = r.experiment_id and o.position = r.position`;

/** Which items are shown, over alias `r`, a result of the item. */
const shown: Record<ComparedShow, SQL> = {
  all: sql`true`,
  // Any two that differ, the baseline among them or not.
  disagreements: sql`(select count(distinct o.predicted) from experiment_results o
    where o.experiment_id = r.experiment_id and o.position = r.position and o.status = 'done') > 1`,
  wrong: sql`exists ${over} and o.is_correct = false)`,
  unanswered: sql`exists ${over} and o.status in ('failed', 'interrupted'))`,
};

/** What evaluators said of an answer `o`, one for each quality; one without any where there is nothing yet. */
const scores = sql`(select coalesce(json_agg(json_build_object('evaluator_id', e.id, 'evaluator', e.name,
    'counts', e.status = 'active', 'status', s.status, 'quality', coalesce(g.quality, e.quality), 'score', g.score,
    'passed', g.passed, 'label', g.label, 'rationale', g.rationale, 'error', s.error, 'run_id', s.run_id)
    order by e.id, g.quality), '[]'::json)
  from experiment_scores s join evaluators e on e.id = s.evaluator_id
  left join lateral jsonb_to_recordset(s.given) as g(quality text, score float8, passed boolean, label text, rationale text)
    on true
  where s.candidate_id = o.candidate_id and s.item_id = o.item_id)`;

/** Items of an experiment after a position, with every candidate's answer. */
export function comparedItems(
  ctx: Context,
  experimentId: string,
  { show, after, limit }: { show: ComparedShow; after: number; limit: number },
): Promise<Omit<ComparedItem, "object">[]> {
  return rowsOf<Omit<ComparedItem, "object">>(
    ctx.db,
    sql`with page as materialized (select r.position, r.item_id from experiment_results r
        join experiment_candidates c on c.id = r.candidate_id and c.is_baseline
        where r.experiment_id = ${experimentId} and r.position > ${after} and ${shown[show]}
        order by r.position limit ${limit})
      select i.id, i.position, i.decision_id, i.subject, i.input, i.truth, i.expected,
        (select json_agg(json_build_object('candidate_id', o.candidate_id, 'status', o.status, 'predicted', o.predicted,
            'correct', o.is_correct, 'confidence', o.confidence, 'output', o.output, 'run_id', o.run_id,
            'cost_micros', o.cost_micros, 'latency_ms', o.latency_ms, 'error', o.error, 'scores', ${scores})
            order by c.position)
          from experiment_results o join experiment_candidates c on c.id = o.candidate_id
          where o.experiment_id = ${experimentId} and o.position = page.position) as results
      from page join dataset_items i on i.id = page.item_id order by i.position`,
  );
}

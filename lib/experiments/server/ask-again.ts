import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ExperimentView } from "../experiments";
import { experimentById } from "./experiment-rows";

const anew = sql`set status = 'pending', error = null, started_at = null, done_at = null, reserved_micros = null,
  run_id = null, cost_micros = null`;

/**
 * Asks again what was interrupted, or what failed, answers and evaluators' scores alike: a person takes it on themselves that it may be paid twice. What was put
 * aside for it stays spent. Throws `not_found` and `nothing_to_ask`.
 */
export async function askAgain(
  ctx: Context,
  { experiment, of }: { experiment: string; of: "interrupted" | "failed" },
): Promise<ExperimentView> {
  authorize(ctx, "experiments.run");
  return inTransaction(ctx, async (ctx) => {
    const { id } = await experimentById(ctx, experiment);
    const [asked] = await rowsOf<{ count: number }>(
      ctx.db,
      sql`with again as (update experiment_results ${anew} where experiment_id = ${id} and status = ${of} returning 1),
        judged as (update experiment_scores ${anew} where experiment_id = ${id} and status = ${of} returning 1),
        counted as (select (select count(*)::int from again) as answers, (select count(*)::int from judged) as scores)
        update experiments set done = done - c.answers, scores_done = scores_done - c.scores, finished_at = null, why = null,
          gate = null, gate_detail = null, status = case when status in ('done', 'failed') then 'pending' else status end
        from counted c where id = ${id} and status in ('done', 'failed', 'paused', 'pending', 'running')
          and c.answers + c.scores > 0
        returning c.answers + c.scores as count`,
    );
    if (!asked) {
      throw new DomainError("conflict", `Nothing of this experiment is ${of}, or it was cancelled`, {
        code: "nothing_to_ask",
      });
    }
    await emit(ctx, { type: "experiment.changed", subject: id });
    await record(ctx, "experiment.asked_again", id, { of, count: asked.count });
    return experimentById(ctx, id);
  });
}

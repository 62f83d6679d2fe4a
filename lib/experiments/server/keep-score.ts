import { sql } from "drizzle-orm";
import type { ScoreGiven } from "@/lib/evaluators/scorable";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** What a judge or a service said of one answer; `given` is empty where it failed. */
export type SettledScore = {
  status: "done" | "failed";
  given: readonly ScoreGiven[];
  runId: string | null;
  costMicros: number | null;
  error: string | null;
};

/** Which question: about which answer, to which evaluator. */
export type ScoreKey = { candidate_id: string; item_id: string; evaluator_id: string };

/**
 * Keeps what was said to the question that was marked at `startedAt`, as `keepResult` keeps an answer: late ones too, and
 * what was put aside for them is given back; one to an older question is not.
 */
export async function keepScore(
  ctx: Context,
  {
    experimentId,
    key: { candidate_id, item_id, evaluator_id },
    startedAt,
    settled: { status, given, runId, costMicros, error },
  }: { experimentId: string; key: ScoreKey; startedAt: string; settled: SettledScore },
): Promise<void> {
  const row = sql`candidate_id = ${candidate_id} and item_id = ${item_id} and evaluator_id = ${evaluator_id}`;
  const told = given.map(({ quality, score, passed, label, rationale }) => ({
    quality,
    score,
    passed,
    label,
    rationale,
  }));
  await rowsOf(
    ctx.db,
    sql`with old as (select status, reserved_micros from experiment_scores
        where ${row} and status in ('running', 'interrupted') and started_at = ${startedAt}::timestamptz for update),
      moved as (update experiment_scores set status = ${status},
          given = ${status === "done" ? JSON.stringify(told) : null}::jsonb, run_id = ${runId},
          cost_micros = ${costMicros}, error = ${error}, done_at = now()
        where ${row} and exists (select 1 from old))
      update experiments set
        spent_micros = spent_micros + ${costMicros ?? 0}
          - (select case when status = 'interrupted' then coalesce(reserved_micros, 0) else 0 end from old),
        scores_done = scores_done + (select case when status = 'interrupted' then 0 else 1 end from old),
        status = case when status = 'done' then 'pending' else status end
      where id = ${experimentId} and exists (select 1 from old)`,
  );
}

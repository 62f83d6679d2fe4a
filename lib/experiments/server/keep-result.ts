import { sql } from "drizzle-orm";
import type { Prediction } from "@/lib/decisions/schema";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

export type Settled = {
  status: "done" | "failed";
  predicted: Prediction | null;
  output: JsonObject | null;
  confidence: number | null;
  isCorrect: boolean | null;
  runId: string | null;
  costMicros: number | null;
  latencyMs: number | null;
  error: string | null;
};

/**
 * Keeps an answer to the question that was marked at `startedAt`. One that comes after its worker was given up for gone is
 * kept as well, and what was put aside for it is given back; one to an older question is not.
 */
export async function keepResult(
  ctx: Context,
  {
    experimentId,
    candidate_id,
    item_id,
    startedAt,
    settled,
  }: { experimentId: string; candidate_id: string; item_id: string; startedAt: string; settled: Settled },
): Promise<void> {
  const { status, predicted, output, confidence, isCorrect, runId, costMicros, latencyMs, error } = settled;
  await rowsOf(
    ctx.db,
    sql`with old as (select status, reserved_micros from experiment_results
        where candidate_id = ${candidate_id} and item_id = ${item_id} and status in ('running', 'interrupted')
          and started_at = ${startedAt}::timestamptz for update),
      moved as (update experiment_results set status = ${status}, predicted = ${predicted},
          output = ${output === null ? null : JSON.stringify(output)}::jsonb, confidence = ${confidence},
          is_correct = ${isCorrect}, run_id = ${runId}, cost_micros = ${costMicros}, latency_ms = ${latencyMs},
          error = ${error}, done_at = now()
        where candidate_id = ${candidate_id} and item_id = ${item_id} and exists (select 1 from old))
      update experiments set
        spent_micros = spent_micros + ${costMicros ?? 0}
          - (select case when status = 'interrupted' then coalesce(reserved_micros, 0) else 0 end from old),
        done = done + (select case when status = 'interrupted' then 0 else 1 end from old),
        status = case when status = 'done' then 'pending' else status end
      where id = ${experimentId} and exists (select 1 from old)`,
  );
}

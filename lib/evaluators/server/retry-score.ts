import { sql } from "drizzle-orm";
import { missing } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ScoreRef, ScoreView } from "../views";
import { readScore } from "./list-scores";
import { tellEvaluator } from "./tell-evaluator";

/**
 * Has a failed score given again, on a person's word: what was interrupted may have been paid for once already. Throws
 * `not_found`, and `conflict` where it has not failed or its evaluator is archived.
 */
export async function retryScore(ctx: Context, input: ScoreRef): Promise<ScoreView> {
  authorize(ctx, "evaluators.write");
  return inTransaction(ctx, async (ctx) => {
    const [again] = await rowsOf<{ evaluator_id: string }>(
      ctx.db,
      sql`update scores s set status = 'pending', tries = 0, error = null, run_at = now(), done_at = null
        from evaluators e where s.id = ${input.score} and s.org_id = ${ctx.orgId} and s.status = 'failed'
          and e.id = s.evaluator_id and e.status <> 'archived' returning s.evaluator_id`,
    );
    const score = (await readScore(ctx, input.score)) ?? missing("score", input.score);
    if (!again) throw new DomainError("conflict", "This score has not failed, or its evaluator is archived.");
    await tellEvaluator(ctx, again.evaluator_id, { did: "score_retried", data: { score: input.score } });
    return score;
  });
}

import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { TrainingRef, TrainingView } from "../trainings";
import type { Comparison } from "../compare";
import { unfitWords } from "../words";
import { lockTraining, notThere, requirePerson, tellStep, trainingView } from "./training-rows";

/**
 * Proposes the model that is in shadow to become the one in force; another admin signs it. Throws `training_not_there`, and
 * `not_measured` or `gate_failed` for one that nothing was left to measure on, or that is surely worse than what is in force.
 */
export async function proposeTraining(ctx: Context, { id }: TrainingRef): Promise<TrainingView> {
  authorize(ctx, "learning.train");
  requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const training = await lockTraining(ctx, id, ["evaluated"]);
    if (training.artifact_status !== "shadow") throw notThere("Let it answer in shadow first.");
    await requireMeasure(ctx, id);
    await rowsOf(
      ctx.db,
      sql`update trainings set status = 'proposed', proposed_by = ${actorName(ctx.actor)}, proposed_at = now()
        where id = ${id}`,
    );
    await tellStep(ctx, id, "proposed", { artifact: training.artifact_id });
    return trainingView(ctx, id);
  });
}

async function requireMeasure(ctx: Context, id: string): Promise<void> {
  const [row] = await rowsOf<{ comparison: Comparison | null }>(
    ctx.db,
    sql`select report -> 'comparison' as comparison from trainings where id = ${id}`,
  );
  const reason = unfitWords(row?.comparison ?? null);
  if (reason === null) return;
  throw new DomainError("conflict", reason, { code: row?.comparison ? "gate_failed" : "not_measured" });
}

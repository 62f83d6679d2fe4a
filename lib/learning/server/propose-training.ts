import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { TrainingRef, TrainingView } from "../trainings";
import { lockTraining, notThere, requirePerson, tellStep, trainingView } from "./training-rows";

/** Proposes the model that is in shadow to become the one in force; another admin signs it. Throws `training_not_there`. */
export async function proposeTraining(ctx: Context, { id }: TrainingRef): Promise<TrainingView> {
  authorize(ctx, "learning.train");
  requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const training = await lockTraining(ctx, id, ["evaluated"]);
    if (training.artifact_status !== "shadow") throw notThere("Let it answer in shadow first.");
    await rowsOf(
      ctx.db,
      sql`update trainings set status = 'proposed', proposed_by = ${actorName(ctx.actor)}, proposed_at = now()
        where id = ${id}`,
    );
    await tellStep(ctx, id, "proposed", { artifact: training.artifact_id });
    return trainingView(ctx, id);
  });
}

import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { TrainingRef, TrainingView } from "../trainings";
import { lockTraining, requirePerson, tellStep, trainingView } from "./training-rows";

/** Puts what a round made away; whoever proposed it may too. Throws `training_not_there`. */
export async function declineTraining(ctx: Context, { id }: TrainingRef): Promise<TrainingView> {
  authorize(ctx, "learning.train");
  requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const training = await lockTraining(ctx, id, ["evaluated", "proposed"]);
    await rowsOf(
      ctx.db,
      sql`update model_artifacts set status = 'retired', retired_at = now() where id = ${training.artifact_id}`,
    );
    await rowsOf(ctx.db, sql`update trainings set status = 'declined' where id = ${id}`);
    await tellStep(ctx, id, "declined", { artifact: training.artifact_id });
    return trainingView(ctx, id);
  });
}

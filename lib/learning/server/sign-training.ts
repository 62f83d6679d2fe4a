import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { TrainingRef, TrainingView } from "../trainings";
import { putInForce } from "./put-artifact";
import { lockTraining, notThere, requirePerson, tellStep, trainingView } from "./training-rows";

/**
 * The second admin's signature: the proposed model is in force from the commit on. Throws `own_proposal` to whoever
 * proposed it, and `training_not_there` where it is no longer proposed, or another model came into force since it was
 * measured.
 */
export async function signTraining(ctx: Context, { id }: TrainingRef): Promise<TrainingView> {
  authorize(ctx, "learning.sign");
  requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const training = await lockTraining(ctx, id, ["proposed"]);
    const by = actorName(ctx.actor);
    if (training.proposed_by === by)
      throw new DomainError("forbidden", "You proposed this; another admin signs it.", {
        code: "own_proposal",
      });
    const before = await putInForce(ctx, {
      appId: training.app_id,
      typeId: training.type_id,
      artifactId: training.artifact_id,
    });
    if (before !== training.baseline_artifact_id)
      throw notThere("Another model came into force since this one was measured: train again.");
    await rowsOf(
      ctx.db,
      sql`update trainings set status = 'signed', signed_by = ${by}, signed_at = now() where id = ${id}`,
    );
    await tellStep(ctx, id, "signed", { artifact: training.artifact_id, before });
    return trainingView(ctx, id);
  });
}

import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import type { TrainingRef, TrainingView } from "../trainings";
import { putInShadow } from "./put-artifact";
import { lockTraining, notThere, requirePerson, tellStep, trainingView } from "./training-rows";

/** Lets what a round made answer in shadow. Throws `training_not_there`. */
export async function startShadowTraining(ctx: Context, { id }: TrainingRef): Promise<TrainingView> {
  authorize(ctx, "learning.train");
  requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const training = await lockTraining(ctx, id, ["evaluated"]);
    if (training.artifact_status !== "candidate")
      throw notThere(`This model is ${training.artifact_status}.`);
    await putInShadow(ctx, {
      appId: training.app_id,
      typeId: training.type_id,
      artifactId: training.artifact_id,
    });
    await tellStep(ctx, id, "shadowed", { artifact: training.artifact_id });
    return trainingView(ctx, id);
  });
}

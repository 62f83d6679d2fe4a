import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { ArtifactView, TrainingRef } from "../trainings";
import { artifactView } from "./artifact-rows";
import { putInForce } from "./put-artifact";
import { notThere, requirePerson } from "./training-rows";

/** Goes back to a model that was in force before; taking a change back needs nobody's second opinion. Throws `training_not_there`. */
export async function restoreArtifact(ctx: Context, { id }: TrainingRef): Promise<ArtifactView> {
  authorize(ctx, "learning.train");
  requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [row] = await rowsOf<{ app_id: string; type_id: string; was: boolean; status: string }>(
      ctx.db,
      sql`select app_id, type_id, activated_at is not null as was, status from model_artifacts
        where id = ${id} and org_id = ${ctx.orgId} for update`,
    );
    if (!row) throw new DomainError("not_found", `There is no trained model ${id.slice(0, 64)}`);
    if (row.status !== "retired" || !row.was)
      throw notThere("Only a model that was in force before can be gone back to.");
    const before = await putInForce(ctx, { appId: row.app_id, typeId: row.type_id, artifactId: id });
    await emit(ctx, { type: "training.changed", subject: id, data: { step: "restored" } });
    await record(ctx, "model_artifact.restored", id, { before });
    return artifactView(ctx, id);
  });
}

import { desc, eq } from "drizzle-orm";
import { apps, modelArtifacts } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { TrainedModel } from "../catalogue";

/** What was trained here, newest first, to be chosen as a model of the provider `local`; at most 100. */
export async function listTrained(ctx: Context): Promise<TrainedModel[]> {
  authorize(ctx, "models.read");
  return ctx.db
    .select({
      id: modelArtifacts.id,
      app: apps.name,
      version: modelArtifacts.version,
      status: modelArtifacts.status,
    })
    .from(modelArtifacts)
    .innerJoin(apps, eq(apps.id, modelArtifacts.appId))
    .where(eq(modelArtifacts.orgId, ctx.orgId))
    .orderBy(desc(modelArtifacts.id))
    .limit(100);
}

import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { modelArtifacts, models } from "@/db/schema";
import type { JsonObject } from "@/lib/kernel/json";
import { newId } from "@/lib/kernel/ids";
import type { ArtifactStatus } from "@/lib/models/vocabulary";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

export type NewArtifact = {
  appId: string;
  typeId: string;
  status: Extract<ArtifactStatus, "candidate" | "active">;
  /** What `toJson` of a classifier gave. */
  content: string;
  /** `base`: the artifact that holds the first training set; `decisions`: ids of the labelled decisions learned from. */
  manifest: JsonObject & { base: string | null; decisions: string[] };
  metrics?: JsonObject;
};

/**
 * Stores a model trained here as the next version of its app and type, and enters it among the models, so that runs and
 * prompts may name it. In the caller's transaction; two at once wait for each other.
 */
export async function storeArtifact(
  ctx: Context,
  artifact: NewArtifact,
): Promise<{ id: string; version: number }> {
  const { appId, typeId, status, content, manifest } = artifact;
  await rowsOf(
    ctx.db,
    sql`select pg_advisory_xact_lock(hashtextextended(${`artifacts ${appId} ${typeId}`}, 0))`,
  );
  const [row] = await rowsOf<{ version: number; app: string; type: string }>(
    ctx.db,
    sql`select coalesce((select max(version) from model_artifacts where app_id = a.id and type_id = t.id), 0) + 1 as version,
        a.name as app, t.name as type
      from apps a, decision_types t
      where a.id = ${appId} and a.org_id = ${ctx.orgId} and t.id = ${typeId} and t.org_id = ${ctx.orgId}`,
  );
  if (!row) throw new Error("an artifact needs an app and a type of its organisation");
  const [id, by] = [newId("artifact"), actorName(ctx.actor)];
  await ctx.db.insert(modelArtifacts).values({
    id,
    orgId: ctx.orgId,
    appId,
    typeId,
    version: row.version,
    status,
    algorithm: "naive_bayes",
    content,
    sha256: createHash("sha256").update(content).digest("hex"),
    manifest,
    metrics: artifact.metrics ?? null,
    createdBy: by,
    ...(status === "active" ? { activatedAt: sql`now()` } : {}),
  });
  await ctx.db.insert(models).values({
    id: newId("model"),
    orgId: ctx.orgId,
    key: id.replaceAll("_", "-"),
    name: `${row.app}, ${row.type}, version ${row.version}`,
    provider: "local",
    modelId: id,
    // It never leaves the house.
    maySeePersonalData: true,
    inputPriceMicros: 0,
    outputPriceMicros: 0,
    createdBy: by,
  });
  return { id, version: row.version };
}

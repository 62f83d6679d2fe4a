import { eq, sql } from "drizzle-orm";
import { fineTunes, models } from "@/db/schema";
import { exporterOf } from "@/lib/exports/server/exporter";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { findModel, openModelSecret, sealModelSecret } from "@/lib/models/server/model-rows";
import { moveVersion } from "@/lib/prompts/server/move-version";
import { saveVersion } from "@/lib/prompts/server/save-version";
import { loadVersion } from "@/lib/prompts/server/version-rows";
import { settingsOf } from "@/lib/prompts/settings";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { tellTuning } from "./fine-tune-rows";

type Row = typeof fineTunes.$inferSelect;
type Known = Partial<Pick<Row, "remoteStatus" | "events" | "trainedTokens">>;

/**
 * Enters what came of a job among the models, with the endpoint and key of the one it was asked of, and puts a version of the
 * prompt that the files were made with in shadow with it. Decides nothing: a person activates it, or does not.
 */
export async function adoptTunedModel(
  ctx: Context,
  job: Row,
  { model: name, known }: { model: string; known: Known },
): Promise<void> {
  const source = await findModel(ctx, job.modelId);
  const id = newId("model");
  const secret = openModelSecret(source);
  const adopted = await inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const [mine] = await ctx.db
      .update(fineTunes)
      .set({
        ...known,
        status: "succeeded",
        resultModel: name,
        resultModelId: id,
        finishedAt: sql`now()`,
        leaseUntil: null,
        error: null,
      })
      .where(sql`id = ${job.id} and status = 'running'`)
      .returning({ id: fineTunes.id });
    if (!mine) return false;
    await ctx.db.insert(models).values({
      ...source,
      id,
      key: id.replaceAll("_", "-"),
      name: `${source.name}, tuned`.slice(0, 100),
      modelId: name,
      secret: secret === null ? null : sealModelSecret(id, secret),
      createdBy: job.createdBy,
      createdAt: sql`now()`,
      updatedAt: sql`now()`,
      archivedAt: null,
    });
    await tellTuning(ctx, job.id, "succeeded", { result: name, model: id });
    return true;
  });
  if (adopted) await putInShadow(ctx, job, id);
}

async function putInShadow(ctx: Context, job: Row, modelId: string): Promise<void> {
  const [files] = await rowsOf<{ version: string | null }>(
    ctx.db,
    sql`select filter ->> 'prompt_version' as version from learning_exports where id = ${job.exportId}`,
  );
  if (!files?.version) return;
  try {
    const person = await exporterOf({ ...ctx, now: new Date() }, job.createdBy);
    const { version, prompt } = await loadVersion(ctx, files.version);
    const place = { app: prompt.appId, prompt: prompt.id };
    const note = `Tuned by ${job.id}`;
    // A combination was fitted on another model's answers.
    const { combination: _, ...kept } = settingsOf(version.settings);
    const settings = kept.confidence === "combined" ? { ...kept, confidence: "verbalised" as const } : kept;
    const drafted = await saveVersion(person, {
      ...place,
      model: modelId,
      messages: version.messages,
      settings,
      note,
    });
    await moveVersion(person, { ...place, version: drafted.version, to: "shadow", note });
    await ctx.db.update(fineTunes).set({ resultPromptVersionId: drafted.id }).where(eq(fineTunes.id, job.id));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const sentence = `The model is there, but no prompt could be put in shadow with it: ${error.message}`;
    await ctx.db
      .update(fineTunes)
      .set({ error: sentence.slice(0, 500) })
      .where(eq(fineTunes.id, job.id));
  }
}

import { and, eq, ne, sql } from "drizzle-orm";
import { models, promptVersions } from "@/db/schema";
import { keyTaken } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ModelView, UpdateModel } from "../catalogue";
import { requireFitting } from "./create-model";
import { findModel, modelView, sealModelSecret, type ModelRow } from "./model-rows";

/**
 * Changes a model, its key included. Throws `model_in_use` where a prompt version that left the draft says which model
 * answers it: what that is called, and where, stays.
 */
export async function updateModel(ctx: Context, input: UpdateModel): Promise<ModelView> {
  authorize(ctx, "models.write");
  const found = await findModel(ctx, input.model_id);
  return inTransaction(ctx, async (ctx) => {
    const [before] = await ctx.db.select().from(models).where(eq(models.id, found.id)).for("update");
    if (!before) throw new Error(`the model ${found.id} is gone`);
    const baseUrl = input.base_url === undefined ? before.baseUrl : input.base_url;
    requireFitting({ provider: before.provider, baseUrl });
    const isOther =
      baseUrl !== before.baseUrl ||
      (input.model ?? before.modelId) !== before.modelId ||
      (input.api ?? before.api) !== before.api;
    if (isOther || (input.archived === true && before.archivedAt === null)) await requireUnused(ctx, before);
    if (input.archived === false && before.archivedAt !== null) await requireKeyFree(ctx, before);
    const [row] = await ctx.db
      .update(models)
      .set({ ...columnsOf(before, input), baseUrl, updatedAt: sql`now()` })
      .where(eq(models.id, before.id))
      .returning();
    if (!row) throw new Error(`the model ${before.id} is gone`);
    await emit(ctx, { type: "model.changed", subject: row.id, data: { key: row.key } });
    const { secret, ...said } = input;
    // That it changed, never what it is.
    await record(ctx, "model.changed", row.id, { ...said, secret_changed: secret !== undefined });
    return modelView(row);
  });
}

function columnsOf(before: ModelRow, input: UpdateModel) {
  const { secret, archived } = input;
  const price = (given: number | null | undefined, old: number | null) => (given === undefined ? old : given);
  return {
    name: input.name ?? before.name,
    api: input.api ?? before.api,
    modelId: input.model ?? before.modelId,
    maySeePersonalData: input.may_see_personal_data ?? before.maySeePersonalData,
    givesTokenProbabilities: input.gives_token_probabilities ?? before.givesTokenProbabilities,
    inputPriceMicros: price(input.input_price_micros, before.inputPriceMicros),
    outputPriceMicros: price(input.output_price_micros, before.outputPriceMicros),
    currency: input.currency ?? before.currency,
    timeoutMs: input.timeout_ms ?? before.timeoutMs,
    maxRetries: input.max_retries ?? before.maxRetries,
    ...(secret === undefined ? {} : { secret: secret === null ? null : sealModelSecret(before.id, secret) }),
    ...(archived === undefined ? {} : { archivedAt: archived ? (before.archivedAt ?? sql`now()`) : null }),
  };
}

async function requireUnused(ctx: Context, model: ModelRow): Promise<void> {
  const [used] = await ctx.db
    .select({ id: promptVersions.id })
    .from(promptVersions)
    .where(
      and(
        eq(promptVersions.orgId, ctx.orgId),
        eq(promptVersions.modelId, model.id),
        ne(promptVersions.status, "draft"),
        ne(promptVersions.status, "retired"),
      ),
    )
    .limit(1);
  if (!used) return requireNoJudge(ctx, model);
  throw new DomainError(
    "conflict",
    `A prompt version in use is answered by ${model.name}. Add another model, and a version that uses it.`,
    { code: "model_in_use" },
  );
}

/** A judge in use is what its figures say it is: another model would be another judge, and none would be no judge. */
async function requireNoJudge(ctx: Context, { id, name }: ModelRow): Promise<void> {
  const [judge] = await rowsOf<{ name: string }>(
    ctx.db,
    sql`select e.name from evaluators e join evaluator_versions v on v.id = e.version_id
      where e.org_id = ${ctx.orgId} and e.kind = 'llm_judge' and e.status <> 'archived' and v.config ->> 'model' = ${id} limit 1`,
  );
  if (!judge) return;
  const message = `The judge ${judge.name} asks ${name}. Give the judge a version with another model, or archive it.`;
  throw new DomainError("conflict", message, { code: "model_in_use" });
}

async function requireKeyFree(ctx: Context, model: ModelRow): Promise<void> {
  const [other] = await ctx.db
    .select({ id: models.id })
    .from(models)
    .where(and(eq(models.orgId, ctx.orgId), eq(models.key, model.key), sql`archived_at is null`));
  if (other) keyTaken("a model", model.key);
}

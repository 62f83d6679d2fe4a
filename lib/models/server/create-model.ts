import { sql } from "drizzle-orm";
import { models } from "@/db/schema";
import { keyTaken } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { CreateModel, ModelView } from "../catalogue";
import type { ModelProvider } from "../vocabulary";
import { modelView, sealModelSecret } from "./model-rows";

/** Adds a model that prompts, judges and the LLM auditor may be answered by. Throws `key_taken`. */
export async function createModel(ctx: Context, input: CreateModel): Promise<ModelView> {
  authorize(ctx, "models.write");
  requireFitting({ provider: input.provider, baseUrl: input.base_url });
  const id = newId("model");
  return inTransaction(ctx, async (ctx) => {
    const [row] = await ctx.db
      .insert(models)
      .values({
        id,
        orgId: ctx.orgId,
        key: input.key,
        name: input.name,
        provider: input.provider,
        api: input.api,
        modelId: input.model,
        baseUrl: input.base_url,
        secret: input.secret === null ? null : sealModelSecret(id, input.secret),
        maySeePersonalData: input.may_see_personal_data,
        givesTokenProbabilities: input.gives_token_probabilities,
        inputPriceMicros: input.input_price_micros,
        outputPriceMicros: input.output_price_micros,
        currency: input.currency,
        timeoutMs: input.timeout_ms,
        maxRetries: input.max_retries,
        createdBy: actorName(ctx.actor),
      })
      .onConflictDoNothing({ target: [models.orgId, models.key], where: sql`archived_at is null` })
      .returning();
    if (!row) return keyTaken("a model", input.key);
    await emit(ctx, { type: "model.changed", subject: id, data: { key: input.key } });
    const { secret: _secret, ...said } = input;
    await record(ctx, "model.created", id, said);
    return modelView(row);
  });
}

/** Throws where a compatible endpoint has no address, or one that needs none is given one. */
export function requireFitting({
  provider,
  baseUrl,
}: {
  provider: ModelProvider;
  baseUrl: string | null;
}): void {
  if (provider === "openai_compatible" && baseUrl === null)
    throw wrong("Say where it answers: an address up to and with /v1.");
  if (provider !== "openai_compatible" && baseUrl !== null)
    throw wrong("Only an OpenAI-compatible endpoint has an address of its own.");
}

function wrong(message: string): DomainError {
  return new DomainError("invalid", message, {
    code: "validation_failed",
    errors: [{ pointer: "/base_url", code: "does_not_fit", message, fix: message }],
  });
}

import { and, eq, isNull, or } from "drizzle-orm";
import { models } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { openSecret, sealSecret } from "@/lib/server/secrets";
import type { ModelView } from "../catalogue";

export type ModelRow = typeof models.$inferSelect;

const place = (rowId: string) => ({ table: "models", column: "secret", rowId });

/** A model's key, encrypted for its own row. */
export const sealModelSecret = (id: string, secret: string): string => sealSecret(secret, place(id));

/** A model's key in clear, for the call that is about to be made; null when it has none. */
export const openModelSecret = ({ id, secret }: ModelRow): string | null =>
  secret === null ? null : openSecret(secret, place(id));

/** The model of this organisation with that id, or that key while it is not archived; throws `not_found`. */
export async function findModel(ctx: Context, idOrKey: string): Promise<ModelRow> {
  const [row] = await ctx.db
    .select()
    .from(models)
    .where(
      and(
        eq(models.orgId, ctx.orgId),
        or(eq(models.id, idOrKey), and(eq(models.key, idOrKey), isNull(models.archivedAt))),
      ),
    );
  if (row) return row;
  throw new DomainError("not_found", `There is no model ${idOrKey.slice(0, 100)}.`);
}

/** A model's row as it is shown: never its key. */
export function modelView(row: ModelRow): ModelView {
  return {
    id: row.id,
    object: "model",
    key: row.key,
    name: row.name,
    provider: row.provider,
    api: row.api,
    model: row.modelId,
    base_url: row.baseUrl,
    has_secret: row.secret !== null,
    may_see_personal_data: row.maySeePersonalData,
    gives_token_probabilities: row.givesTokenProbabilities,
    input_price_micros: row.inputPriceMicros,
    output_price_micros: row.outputPriceMicros,
    currency: row.currency,
    timeout_ms: row.timeoutMs,
    max_retries: row.maxRetries,
    archived: row.archivedAt !== null,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

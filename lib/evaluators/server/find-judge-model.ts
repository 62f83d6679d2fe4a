import { and, eq, isNull, or } from "drizzle-orm";
import { models } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";

/** The id of the model of that id or key; a judge cannot be a classifier trained here. Throws `validation_failed`. */
export async function findJudgeModel(ctx: Context, idOrKey: string): Promise<string> {
  const [model] = await ctx.db
    .select({ id: models.id, provider: models.provider })
    .from(models)
    .where(
      and(
        eq(models.orgId, ctx.orgId),
        or(eq(models.id, idOrKey), eq(models.key, idOrKey)),
        isNull(models.archivedAt),
      ),
    );
  if (!model)
    throw refused(`There is no model ${idOrKey.slice(0, 100)}.`, "Name one of the models in the settings.");
  if (model.provider === "local") {
    throw refused("A classifier trained here reads no rubric.", "Name a model of a provider.");
  }
  return model.id;
}

function refused(message: string, fix: string): DomainError {
  return new DomainError("invalid", message, {
    code: "validation_failed",
    errors: [{ pointer: "/config/model", code: "unknown", message, fix }],
  });
}

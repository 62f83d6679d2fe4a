import { sql } from "drizzle-orm";
import { findApp, findType } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { loadVersion } from "@/lib/prompts/server/version-rows";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { CreateLearningExport, LearningExportView } from "../exports";
import { learningExportView } from "./learning-export-rows";
import { requirePerson } from "./training-rows";

const mostAtOnce = 3;

/**
 * Asks for training files; a worker writes them. Throws `not_found`, `too_many_exports`, and `validation_failed` where the
 * prompt version is of something else or does not end with the user's message.
 */
export async function createLearningExport(
  ctx: Context,
  input: CreateLearningExport,
): Promise<LearningExportView> {
  authorize(ctx, "learning.export");
  requirePerson(ctx);
  const [app, type] = [await findApp(ctx, input.app), await findType(ctx, input.type)];
  if (input.filter.prompt_version) await requirePromptOf(ctx, input.filter.prompt_version, app.id, type.id);
  return inTransaction(ctx, async (ctx) => {
    await rowsOf(
      ctx.db,
      sql`select pg_advisory_xact_lock(hashtextextended(${`learning exports ${ctx.orgId}`}, 0))`,
    );
    const [running] = await rowsOf<{ count: number }>(
      ctx.db,
      sql`select count(*)::int as count from learning_exports where org_id = ${ctx.orgId} and status in ('pending', 'running')`,
    );
    if ((running?.count ?? 0) >= mostAtOnce)
      throw new DomainError("limited", `${mostAtOnce} exports are under way already`, {
        code: "too_many_exports",
      });
    const id = newId("learningExport");
    const { format, filter } = input;
    await rowsOf(
      ctx.db,
      sql`insert into learning_exports (id, org_id, app_id, type_id, format, filter, created_by)
        values (${id}, ${ctx.orgId}, ${app.id}, ${type.id}, ${format}, ${JSON.stringify(filter)}::jsonb, ${actorName(ctx.actor)})`,
    );
    await emit(ctx, { type: "learning_export.changed", subject: id, data: { status: "pending" } });
    await record(ctx, "learning_export.asked", id, { app: app.id, type: type.id, format, filter });
    return learningExportView(ctx, id);
  });
}

async function requirePromptOf(ctx: Context, id: string, appId: string, typeId: string): Promise<void> {
  const { prompt, version } = await loadVersion(ctx, id);
  if (prompt.appId !== appId || prompt.typeId !== typeId)
    throw unfit("is of another app or decision type", "Name one of this app and type.");
  // The answer follows the prompt: trainers refuse one that ends otherwise, or take the answer for more of its last message.
  if (version.messages.at(-1)?.role !== "user")
    throw unfit(
      "does not end with a message of the user",
      "Name one that does, or leave it out for a plain prompt.",
    );
}

function unfit(message: string, fix: string): DomainError {
  return new DomainError("invalid", `The prompt version ${message}. ${fix}`, {
    code: "validation_failed",
    errors: [{ pointer: "/filter/prompt_version", code: "does_not_fit", message, fix }],
  });
}

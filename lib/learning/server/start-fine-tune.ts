import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { findModel } from "@/lib/models/server/model-rows";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { mostUploaded, type FineTuneView, type StartFineTune } from "../fine-tunes";
import { fineTuneView, tellTuning } from "./fine-tune-rows";
import { learningExportView } from "./learning-export-rows";
import { requirePerson } from "./training-rows";

/**
 * Asks for a fine-tuning job; a worker sends the file and starts it. Throws `not_found`, `export_not_finished`, and
 * `validation_failed` where the files are of another format, empty, too large, or hold personal data the model may not see.
 */
export async function startFineTune(ctx: Context, input: StartFineTune): Promise<FineTuneView> {
  authorize(ctx, "learning.train");
  requirePerson(ctx);
  const model = await findModel(ctx, input.model);
  if (model.provider === "local")
    throw wrong("/model", "A model trained here is trained anew, not fine-tuned.");
  const files = await learningExportView(ctx, input.export);
  if (
    files.status !== "done" ||
    files.expires_at === null ||
    Date.parse(files.expires_at) <= ctx.now.getTime()
  )
    throw new DomainError("conflict", "These training files are not finished, or no longer kept.", {
      code: "export_not_finished",
    });
  if (files.format !== "sft" && files.format !== "openai_dpo")
    throw wrong("/export", "OpenAI's API takes training files in the formats sft and openai_dpo.");
  if (files.filter.redact === false && !model.maySeePersonalData)
    throw wrong("/export", "These files hold personal data as it is, and this model may not see it.");
  if (files.size === 0 || files.size > mostUploaded)
    throw wrong("/export", "There is nothing in these training files, or more than a provider takes.");
  return inTransaction(ctx, async (ctx) => {
    const id = newId("fineTune");
    await rowsOf(
      ctx.db,
      sql`insert into fine_tunes (id, org_id, app_id, model_id, base_model, export_id, settings, next_look_at, created_by)
        values (${id}, ${ctx.orgId}, ${files.app_id}, ${model.id}, ${input.base_model}, ${files.id},
          ${JSON.stringify(input.settings)}::jsonb, now(), ${actorName(ctx.actor)})`,
    );
    await tellTuning(ctx, id, "asked", { model: model.key, base_model: input.base_model, export: files.id });
    return fineTuneView(ctx, id);
  });
}

function wrong(pointer: string, message: string): DomainError {
  return new DomainError("invalid", message, {
    code: "validation_failed",
    errors: [{ pointer, code: "does_not_fit", message, fix: message }],
  });
}

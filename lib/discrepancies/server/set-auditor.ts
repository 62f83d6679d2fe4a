import { sql } from "drizzle-orm";
import { getModel } from "@/lib/models/server/get-model";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { AuditorView, SetAuditor } from "../schema";
import { getAuditor } from "./read-auditors";

/** Says who proposes causes for an app from now on. Throws `stale_version`, `not_found` for the app and the model. */
export async function setAuditor(
  ctx: Context,
  { app, ...next }: SetAuditor & { app: string },
): Promise<AuditorView> {
  authorize(ctx, "prompts.write");
  return inTransaction(ctx, async (ctx) => {
    const now = await getAuditor(ctx, { app });
    const modelId = next.mode === "model" && next.model_id !== null ? await known(ctx, next.model_id) : null;
    const [set] = await rowsOf(
      ctx.db,
      sql`insert into llm_auditors as l (app_id, org_id, mode, model_id, instructions, version, updated_by)
        select ${now.app.id}, ${ctx.orgId}, ${next.mode}, ${modelId}, ${next.instructions}, 1, ${actorName(ctx.actor)}
        where ${next.version}::int = ${now.version}::int
        on conflict (app_id) do update set mode = excluded.mode, model_id = excluded.model_id,
          instructions = excluded.instructions, version = l.version + 1, updated_by = excluded.updated_by, updated_at = now()
        where l.version = ${next.version}::int returning app_id`,
    );
    if (!set) {
      throw new DomainError("precondition_failed", "Somebody changed this meanwhile.", {
        code: "stale_version",
      });
    }
    await emit(ctx, { type: "discrepancy.changed", subject: now.app.id, data: { step: "auditor" } });
    await record(ctx, "llm_auditor.set", now.app.id, { mode: next.mode, model: modelId });
    return getAuditor(ctx, { app: now.app.id });
  });
}

async function known(ctx: Context, id: string): Promise<string> {
  const model = await getModel(ctx, { model_id: id });
  if (model.provider !== "local" && !model.archived) return model.id;
  const message = model.archived
    ? "This model is archived."
    : "A classifier trained here answers yes or no; it cannot say why.";
  throw new DomainError("invalid", message, {
    code: "validation_failed",
    errors: [
      {
        pointer: "/model_id",
        code: "wrong_model",
        message,
        fix: "Choose a language model, or let rules propose.",
      },
    ],
  });
}

import { eq, max } from "drizzle-orm";
import { promptVersions } from "@/db/schema";
import { findType } from "@/lib/apps/server/find";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { PromptVersionView, SaveVersion } from "../endpoints";
import { checkDraft } from "./check-draft";
import { findPrompt, lockPrompt, requireLive, versionView } from "./version-rows";

/** Drafts the next version of a prompt. Throws `not_found`, `validation_failed`. */
export async function saveVersion(ctx: Context, input: SaveVersion): Promise<PromptVersionView> {
  authorize(ctx, "prompts.write");
  const prompt = await findPrompt(ctx, input);
  const type = await findType(ctx, prompt.typeId);
  const model = await checkDraft(ctx, input, type.argumentsSchema);
  return inTransaction(ctx, async (ctx) => {
    requireLive((await lockPrompt(ctx, prompt.id)) ?? prompt);
    const [last] = await ctx.db
      .select({ version: max(promptVersions.version) })
      .from(promptVersions)
      .where(eq(promptVersions.promptId, prompt.id));
    const version = (last?.version ?? 0) + 1;
    const [row] = await ctx.db
      .insert(promptVersions)
      .values({
        id: newId("promptVersion"),
        orgId: ctx.orgId,
        promptId: prompt.id,
        version,
        modelId: model.id,
        messages: input.messages,
        settings: input.settings,
        note: input.note,
        createdBy: actorName(ctx.actor),
      })
      .returning();
    if (!row) throw new Error("a version was not written");
    await emit(ctx, { type: "prompt.changed", subject: prompt.id, data: { app_id: prompt.appId, version } });
    await record(ctx, "prompt.drafted", row.id, { prompt: prompt.key, version, model: model.key });
    return versionView(row, prompt.key, model);
  });
}

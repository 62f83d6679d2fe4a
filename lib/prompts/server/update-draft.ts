import { and, eq } from "drizzle-orm";
import { promptVersions } from "@/db/schema";
import { findType } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { PromptVersionView, UpdateDraft } from "../endpoints";
import { checkDraft } from "./check-draft";
import { findPrompt, lockPrompt, requireLive, versionView } from "./version-rows";

/** Rewrites a draft. Throws `prompt_not_draft` once it left the draft: what decisions came from stays as it was. */
export async function updateDraft(ctx: Context, input: UpdateDraft): Promise<PromptVersionView> {
  authorize(ctx, "prompts.write");
  const prompt = await findPrompt(ctx, input);
  const type = await findType(ctx, prompt.typeId);
  const model = await checkDraft(ctx, input, type.argumentsSchema);
  return inTransaction(ctx, async (ctx) => {
    requireLive((await lockPrompt(ctx, prompt.id)) ?? prompt);
    const [row] = await ctx.db
      .update(promptVersions)
      .set({ modelId: model.id, messages: input.messages, settings: input.settings, note: input.note })
      .where(
        and(
          eq(promptVersions.promptId, prompt.id),
          eq(promptVersions.version, input.version),
          eq(promptVersions.status, "draft"),
        ),
      )
      .returning();
    if (!row)
      throw new DomainError("conflict", `Version ${input.version} is no draft: make a new version from it.`, {
        code: "prompt_not_draft",
      });
    const { appId } = prompt;
    await emit(ctx, {
      type: "prompt.changed",
      subject: prompt.id,
      data: { app_id: appId, version: row.version },
    });
    await record(ctx, "prompt.redrafted", row.id, {
      prompt: prompt.key,
      version: row.version,
      model: model.key,
    });
    return versionView(row, prompt.key, model);
  });
}

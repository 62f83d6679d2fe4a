import { sql } from "drizzle-orm";
import { promptVersions, prompts } from "@/db/schema";
import { findApp, findType, keyTaken } from "@/lib/apps/server/find";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { CreatePrompt, PromptView } from "../endpoints";
import { checkDraft } from "./check-draft";
import { promptView, readVersions } from "./version-rows";

/** Makes a prompt of an app for one decision type, with its first draft. Throws `key_taken`, `validation_failed`. */
export async function createPrompt(ctx: Context, input: CreatePrompt): Promise<PromptView> {
  authorize(ctx, "prompts.write");
  const app = await findApp(ctx, input.app);
  const type = await findType(ctx, input.type);
  const model = await checkDraft(ctx, input, type.argumentsSchema);
  const createdBy = actorName(ctx.actor);
  return inTransaction(ctx, async (ctx) => {
    const [prompt] = await ctx.db
      .insert(prompts)
      .values({
        id: newId("prompt"),
        orgId: ctx.orgId,
        appId: app.id,
        typeId: type.id,
        key: input.key,
        name: input.name,
        createdBy,
      })
      .onConflictDoNothing({ target: [prompts.appId, prompts.key], where: sql`archived_at is null` })
      .returning();
    if (!prompt) return keyTaken("a prompt", input.key);
    await ctx.db.insert(promptVersions).values({
      id: newId("promptVersion"),
      orgId: ctx.orgId,
      promptId: prompt.id,
      version: 1,
      modelId: model.id,
      messages: input.messages,
      settings: input.settings,
      note: input.note,
      createdBy,
    });
    const view = promptView(prompt, type, await readVersions(ctx, prompt));
    await emit(ctx, { type: "prompt.changed", subject: prompt.id, data: { app_id: app.id, version: 1 } });
    await record(ctx, "prompt.created", prompt.id, { key: input.key, type: type.key, model: model.key });
    return view;
  });
}

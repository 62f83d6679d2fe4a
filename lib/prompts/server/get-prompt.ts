import { findType } from "@/lib/apps/server/find";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { PromptView } from "../endpoints";
import { findPrompt, promptView, readVersions } from "./version-rows";

/** One prompt of an app with its versions; throws `not_found`. */
export async function getPrompt(ctx: Context, input: { app: string; prompt: string }): Promise<PromptView> {
  authorize(ctx, "prompts.read");
  const prompt = await findPrompt(ctx, input);
  const type = await findType(ctx, prompt.typeId);
  return promptView(prompt, type, await readVersions(ctx, prompt));
}

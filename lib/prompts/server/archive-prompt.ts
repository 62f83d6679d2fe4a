import { and, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import { prompts, promptVersions } from "@/db/schema";
import { findType, keyTaken } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { PromptView } from "../endpoints";
import { findPrompt, lockPrompt, promptView, readVersions, type PromptRow } from "./version-rows";

type Ref = { app: string; prompt: string };

/**
 * Puts a prompt away: none of its versions is run, tried or changed any more; what they decided stays. Throws `not_found`,
 * and `prompt_in_force` while a version of it is active or in shadow: whoever ends that says so first.
 */
export async function archivePrompt(ctx: Context, input: Ref): Promise<PromptView> {
  authorize(ctx, "prompts.write");
  const prompt = await findPrompt(ctx, input);
  return inTransaction(ctx, async (ctx) => {
    await lockPrompt(ctx, prompt.id);
    const [used] = await ctx.db
      .select({ version: promptVersions.version, status: promptVersions.status })
      .from(promptVersions)
      .where(
        and(eq(promptVersions.promptId, prompt.id), inArray(promptVersions.status, ["active", "shadow"])),
      )
      .limit(1);
    if (used) {
      const where = used.status === "active" ? "in force" : "in shadow";
      const message = `Version ${used.version} is ${where}: retire it first.`;
      throw new DomainError("conflict", message, { code: "prompt_in_force" });
    }
    const changed = await ctx.db
      .update(prompts)
      .set({ archivedAt: sql`now()` })
      .where(and(eq(prompts.id, prompt.id), isNull(prompts.archivedAt)))
      .returning();
    return told(ctx, { prompt, changed }, "archived");
  });
}

/** Brings a prompt back, with nothing in force. Throws `not_found`, and `key_taken` where another one has its key meanwhile. */
export async function restorePrompt(ctx: Context, input: Ref): Promise<PromptView> {
  authorize(ctx, "prompts.write");
  const prompt = await findPrompt(ctx, input);
  return inTransaction(ctx, async (ctx) => {
    await lockPrompt(ctx, prompt.id);
    const [other] = await ctx.db
      .select({ id: prompts.id })
      .from(prompts)
      .where(
        and(
          eq(prompts.appId, prompt.appId),
          eq(prompts.key, prompt.key),
          isNull(prompts.archivedAt),
          ne(prompts.id, prompt.id),
        ),
      );
    if (other) keyTaken("a prompt", prompt.key);
    const changed = await ctx.db
      .update(prompts)
      .set({ archivedAt: null })
      .where(and(eq(prompts.id, prompt.id), sql`${prompts.archivedAt} is not null`))
      .returning();
    return told(ctx, { prompt, changed }, "restored");
  });
}

type Change = { prompt: PromptRow; changed: readonly PromptRow[] };

async function told(
  ctx: Context,
  { prompt, changed: [changed] }: Change,
  did: "archived" | "restored",
): Promise<PromptView> {
  const type = await findType(ctx, prompt.typeId);
  const { id, appId, key } = prompt;
  const [now] = changed ? [changed] : await ctx.db.select().from(prompts).where(eq(prompts.id, id));
  const view = promptView(now ?? prompt, type, await readVersions(ctx, prompt));
  if (!changed) return view;
  await emit(ctx, { type: "prompt.changed", subject: id, data: { app_id: appId, did } });
  await record(ctx, `prompt.${did}`, id, { key });
  return view;
}

import { and, eq, isNull, or } from "drizzle-orm";
import { promptVersions, prompts } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { loadVersion, type LoadedVersion } from "./version-rows";

/** The active version that an app's inputs go to. Throws `no_active_prompt`, or `validation_failed` where several would do. */
export async function activeVersion(ctx: Context, appId: string, prompt?: string): Promise<LoadedVersion> {
  const found = await ctx.db
    .select({ id: promptVersions.id, key: prompts.key })
    .from(promptVersions)
    .innerJoin(prompts, eq(prompts.id, promptVersions.promptId))
    .where(
      and(
        eq(prompts.orgId, ctx.orgId),
        eq(prompts.appId, appId),
        isNull(prompts.archivedAt),
        eq(promptVersions.status, "active"),
        prompt === undefined ? undefined : or(eq(prompts.id, prompt), eq(prompts.key, prompt)),
      ),
    )
    .limit(20);
  const [first, ...others] = found;
  if (!first)
    throw new DomainError(
      "conflict",
      prompt === undefined
        ? "The app has no active prompt: an admin activates a version of one."
        : `The app has no active prompt ${prompt.slice(0, 100)}.`,
      { code: "no_active_prompt" },
    );
  if (others.length === 0) return loadVersion(ctx, first.id);
  const message = `the app has several active prompts: ${found.map(({ key }) => key).join(", ")}`;
  throw new DomainError("invalid", `/prompt: ${message}`, {
    code: "validation_failed",
    errors: [{ pointer: "/prompt", code: "required", message, fix: "Name the one to ask." }],
  });
}

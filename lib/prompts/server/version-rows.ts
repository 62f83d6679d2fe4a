import { and, desc, eq, isNull, or } from "drizzle-orm";
import { decisionTypes, models, promptVersions, prompts } from "@/db/schema";
import { findApp } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import type { PromptVersionView, PromptView } from "../endpoints";
import { settingsOf } from "../settings";

export type PromptRow = typeof prompts.$inferSelect;
export type VersionRow = typeof promptVersions.$inferSelect;

/** A version with all that answering by it takes. */
export type LoadedVersion = {
  version: VersionRow;
  prompt: PromptRow;
  type: typeof decisionTypes.$inferSelect;
  model: typeof models.$inferSelect;
};

/** The version of this organisation with that id; throws `not_found`. The caller has authorised. */
export async function loadVersion(ctx: Context, id: string): Promise<LoadedVersion> {
  const [row] = await ctx.db
    .select({ version: promptVersions, prompt: prompts, type: decisionTypes, model: models })
    .from(promptVersions)
    .innerJoin(prompts, eq(prompts.id, promptVersions.promptId))
    .innerJoin(decisionTypes, eq(decisionTypes.id, prompts.typeId))
    .innerJoin(models, eq(models.id, promptVersions.modelId))
    .where(and(eq(promptVersions.id, id), eq(promptVersions.orgId, ctx.orgId)));
  if (row) return row;
  throw new DomainError("not_found", `There is no prompt version ${id.slice(0, 100)}.`);
}

/** The prompt of an app with that id or key; throws `not_found`. The caller has authorised. */
export async function findPrompt(
  ctx: Context,
  { app, prompt }: { app: string; prompt: string },
): Promise<PromptRow> {
  const { id: appId } = await findApp(ctx, app);
  const [row] = await ctx.db
    .select()
    .from(prompts)
    .where(
      and(
        eq(prompts.orgId, ctx.orgId),
        eq(prompts.appId, appId),
        // By its key, one that is in use; archived ones may have had the same.
        or(eq(prompts.id, prompt), and(eq(prompts.key, prompt), isNull(prompts.archivedAt))),
      ),
    );
  if (row) return row;
  throw new DomainError("not_found", `There is no prompt ${prompt.slice(0, 100)} of this app.`);
}

/** Throws `prompt_archived`: nothing new comes of it. */
export function requireLive({ archivedAt, key }: Pick<PromptRow, "archivedAt" | "key">): void {
  if (archivedAt === null) return;
  throw new DomainError("conflict", `The prompt ${key} is archived.`, { code: "prompt_archived" });
}

/** Holds a prompt, so that two people's steps with its versions happen one after the other. */
export async function lockPrompt(ctx: Context, promptId: string): Promise<PromptRow | undefined> {
  const [held] = await ctx.db.select().from(prompts).where(eq(prompts.id, promptId)).for("update");
  return held;
}

/** The versions of a prompt as they are shown, newest first. The caller has authorised. */
export async function readVersions(ctx: Context, prompt: PromptRow): Promise<PromptVersionView[]> {
  const rows = await ctx.db
    .select({ version: promptVersions, model: models })
    .from(promptVersions)
    .innerJoin(models, eq(models.id, promptVersions.modelId))
    .where(and(eq(promptVersions.promptId, prompt.id), eq(promptVersions.orgId, ctx.orgId)))
    .orderBy(desc(promptVersions.version))
    .limit(200);
  return rows.map(({ version, model }) => versionView(version, prompt.key, model));
}

/** A version as it is shown. */
export function versionView(
  row: VersionRow,
  promptKey: string,
  model: Pick<LoadedVersion["model"], "id" | "key" | "name" | "modelId">,
): PromptVersionView {
  return {
    id: row.id,
    object: "prompt_version",
    name: versionName(promptKey, row.version),
    version: row.version,
    status: row.status,
    model: { id: model.id, key: model.key, name: model.name, model: model.modelId },
    messages: row.messages,
    settings: settingsOf(row.settings),
    note: row.note,
    created_by: row.createdBy,
    created_at: row.createdAt.toISOString(),
    activated_by: row.activatedBy,
    activated_at: row.activatedAt?.toISOString() ?? null,
  };
}

/** What decisions say they come from: `key@version`. */
export const versionName = (promptKey: string, version: number) => `${promptKey}@${version}`;

/** A prompt as it is shown, with its versions. */
export function promptView(
  row: PromptRow,
  type: { id: string; key: string; name: string },
  versions: PromptVersionView[],
): PromptView {
  return {
    id: row.id,
    object: "prompt",
    app_id: row.appId,
    key: row.key,
    name: row.name,
    type,
    active: versions.find(({ status }) => status === "active")?.version ?? null,
    shadow: versions.find(({ status }) => status === "shadow")?.version ?? null,
    versions,
    archived: row.archivedAt !== null,
    created_at: row.createdAt.toISOString(),
  };
}

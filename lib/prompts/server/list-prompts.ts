import { and, asc, eq, isNull } from "drizzle-orm";
import { decisionTypes, prompts } from "@/db/schema";
import { findApp } from "@/lib/apps/server/find";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ListPrompts, PromptView } from "../endpoints";
import { promptView, readVersions } from "./version-rows";

/** An app's prompts with their versions, by key; at most 100. Archived ones only where they are asked for as well. */
export async function listPrompts(ctx: Context, input: ListPrompts): Promise<List<PromptView>> {
  authorize(ctx, "prompts.read");
  const app = await findApp(ctx, input.app);
  const rows = await ctx.db
    .select({ prompt: prompts, type: decisionTypes })
    .from(prompts)
    .innerJoin(decisionTypes, eq(decisionTypes.id, prompts.typeId))
    .where(
      and(
        eq(prompts.orgId, ctx.orgId),
        eq(prompts.appId, app.id),
        input.archived ? undefined : isNull(prompts.archivedAt),
      ),
    )
    .orderBy(asc(prompts.key), asc(prompts.id))
    .limit(100);
  const data: PromptView[] = [];
  for (const { prompt, type } of rows) data.push(promptView(prompt, type, await readVersions(ctx, prompt)));
  return { object: "list", url: `/api/v1/apps/${app.id}/prompts`, has_more: false, data };
}

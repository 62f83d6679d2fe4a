import { and, eq } from "drizzle-orm";
import { models, promptVersions, prompts, runs } from "@/db/schema";
import { findApp } from "@/lib/apps/server/find";
import { pageRows } from "@/lib/apps/server/page-rows";
import type { List } from "@/lib/kernel/list";
import { maskFor } from "@/lib/policies/server/mask-for";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ListRuns, RunView } from "../run-endpoints";
import { runView } from "./view-of-run";

/** An app's runs, newest first. What models answered is masked for whoever may not read personal data. */
export async function listRuns(ctx: Context, query: ListRuns): Promise<List<RunView>> {
  authorize(ctx, "runs.read");
  const app = await findApp(ctx, query.app);
  const { purpose, status, prompt_version: version, decision } = query;
  const page = await pageRows(
    `/api/v1/apps/${app.id}/runs`,
    query,
    runs.id,
    async ({ where, order, limit }) => {
      const rows = await ctx.db
        .select({
          run: runs,
          model: { id: models.id, name: models.name, currency: models.currency },
          version: promptVersions.version,
          promptKey: prompts.key,
        })
        .from(runs)
        .innerJoin(models, eq(models.id, runs.modelId))
        .leftJoin(promptVersions, eq(promptVersions.id, runs.promptVersionId))
        .leftJoin(prompts, eq(prompts.id, promptVersions.promptId))
        .where(
          and(
            eq(runs.orgId, ctx.orgId),
            eq(runs.appId, app.id),
            where,
            purpose && eq(runs.purpose, purpose),
            status && eq(runs.status, status),
            version === undefined ? undefined : eq(runs.promptVersionId, version),
            decision === undefined ? undefined : eq(runs.decisionId, decision),
          ),
        )
        .orderBy(order)
        .limit(limit);
      return rows.map(runView);
    },
  );
  return { ...page, data: await maskFor(ctx, page.data) };
}

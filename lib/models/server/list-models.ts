import { and, eq } from "drizzle-orm";
import { models } from "@/db/schema";
import { pageRows } from "@/lib/apps/server/page-rows";
import type { List, ListQuery } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ModelView } from "../catalogue";
import { modelView } from "./model-rows";

/** The organisation's models, newest first, archived ones included. */
export async function listModels(ctx: Context, query: ListQuery): Promise<List<ModelView>> {
  authorize(ctx, "models.read");
  return pageRows("/api/v1/models", query, models.id, async ({ where, order, limit }) => {
    const rows = await ctx.db
      .select()
      .from(models)
      .where(and(eq(models.orgId, ctx.orgId), where))
      .orderBy(order)
      .limit(limit);
    return rows.map(modelView);
  });
}

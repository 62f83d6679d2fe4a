import { sql } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { mostViews, type SavedView, type ViewFilter } from "../saved-views";
import { seenViews } from "./saved-view-rows";

/** The person's own views and those shared with them, of one list or all. */
export async function listSavedViews(ctx: Context, { page }: ViewFilter): Promise<List<SavedView>> {
  authorize(ctx, "views.save");
  const data = await seenViews(ctx, page ? sql`v.page = ${page}` : sql`true`, 2 * mostViews);
  return { object: "list", url: "/api/v1/saved_views", has_more: false, data };
}

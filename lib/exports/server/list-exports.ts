import { sql } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ExportView } from "../contract";
import { ownExport, ownExports, requirePerson } from "./own-exports";

/** The caller's own exports, newest first, by keyset on their id. */
export async function listExports(
  ctx: Context,
  { limit, starting_after: after }: { limit: number; starting_after?: string },
): Promise<List<ExportView>> {
  authorize(ctx, "exports.make");
  requirePerson(ctx);
  const found = await ownExports(ctx, after ? sql`x.id < ${after}` : sql`true`, limit + 1);
  return {
    object: "list",
    url: "/api/v1/exports",
    has_more: found.length > limit,
    data: found.slice(0, limit),
  };
}

/** One of the caller's own exports. Throws `not_found`. */
export async function getExport(ctx: Context, { id }: { id: string }): Promise<ExportView> {
  authorize(ctx, "exports.make");
  requirePerson(ctx);
  return ownExport(ctx, id);
}

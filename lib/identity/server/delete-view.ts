import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { seenView } from "./saved-view-rows";

/** Deletes a view of the person's own; an admin deletes a shared one of anybody's. */
export async function deleteView(
  ctx: Context,
  { id }: { id: string },
): Promise<{ id: string; object: "saved_view"; deleted: true }> {
  authorize(ctx, "views.save");
  return inTransaction(ctx, async (ctx) => {
    const view = await seenView(ctx, id);
    const isAdmin = ctx.actor.kind === "user" && ctx.actor.role === "admin";
    if (!view.mine && !isAdmin) throw new DomainError("forbidden", `This view is ${view.owner}'s`);
    await rowsOf(ctx.db, sql`delete from saved_views where id = ${id} and org_id = ${ctx.orgId}`);
    await record(ctx, "saved_view.deleted", id, { page: view.page });
    return { id, object: "saved_view", deleted: true };
  });
}

import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { mostViews, type SavedView, type SaveView } from "../saved-views";
import { nameTaken, requirePerson, seenView } from "./saved-view-rows";

/** Keeps a list's filter under a name of the person's own. Throws `key_taken`, and `limited` above a hundred. */
export async function saveView(ctx: Context, input: SaveView): Promise<SavedView> {
  authorize(ctx, "views.save");
  const me = requirePerson(ctx);
  const { page, name, query, shared } = input;
  return inTransaction(ctx, async (ctx) => {
    const [kept] = await rowsOf<{ count: number }>(
      ctx.db,
      sql`select count(*)::int as count from saved_views where owner_id = ${me}`,
    );
    if ((kept?.count ?? 0) >= mostViews) {
      throw new DomainError("limited", `You keep ${mostViews} views; delete one first`);
    }
    const id = newId("savedView");
    const [made] = await rowsOf(
      ctx.db,
      sql`insert into saved_views (id, org_id, owner_id, page, name, query, shared)
        values (${id}, ${ctx.orgId}, ${me}, ${page}, ${name}, ${query}, ${shared})
        on conflict (owner_id, page, name) do nothing returning id`,
    );
    if (!made) throw nameTaken(name);
    await record(ctx, "saved_view.saved", id, { page, shared });
    return seenView(ctx, id);
  });
}

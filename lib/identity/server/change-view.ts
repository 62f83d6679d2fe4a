import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ChangeView, SavedView } from "../saved-views";
import { nameTaken, requirePerson, seenView } from "./saved-view-rows";

/** Renames, shares or sets anew a view of the person's own. Throws `forbidden` for another's and `key_taken`. */
export async function changeView(ctx: Context, { id, name, query, shared }: ChangeView): Promise<SavedView> {
  authorize(ctx, "views.save");
  const me = requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const view = await seenView(ctx, id);
    if (!view.mine) throw new DomainError("forbidden", `This view is ${view.owner}'s`);
    const next = { name: name ?? view.name, query: query ?? view.query, shared: shared ?? view.shared };
    const [changed] = await rowsOf(
      ctx.db,
      sql`update saved_views set name = ${next.name}, query = ${next.query}, shared = ${next.shared}
        where id = ${id} and owner_id = ${me} and not exists (select 1 from saved_views o where o.owner_id = ${me}
          and o.page = ${view.page} and o.name = ${next.name} and o.id <> ${id})
        returning id`,
    );
    if (!changed) throw nameTaken(next.name);
    await record(ctx, "saved_view.changed", id, { shared: next.shared });
    return seenView(ctx, id);
  });
}

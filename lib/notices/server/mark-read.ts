import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { rowsOf } from "@/lib/server/rows";
import type { MarkRead, UnreadCount } from "../notifications";
import { countUnread } from "./count-unread";
import { ownId } from "./get-preferences";

/** Marks some of the caller's own as read, or all up to one; what came after it stays. Their other screens hear of it. */
export async function markRead(ctx: Context, input: MarkRead): Promise<UnreadCount> {
  authorize(ctx, "notices.read");
  const me = ownId(ctx);
  return inTransaction(ctx, async (ctx) => {
    const which = "ids" in input ? sql`id in ${input.ids}` : sql`id <= ${input.up_to}`;
    const read = await rowsOf<{ id: string }>(
      ctx.db,
      sql`update notifications set read_at = now()
        where user_id = ${me} and org_id = ${ctx.orgId} and read_at is null and ${which} returning id`,
    );
    // Reading is nobody else's business: it is in no journal.
    if (read.length > 0)
      await emit(ctx, { type: "notification.changed", subject: me, data: { read: read.length } });
    return countUnread(ctx);
  });
}

import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { UnreadCount } from "../notifications";
import { isOwn } from "./list-notifications";

/** More is not counted: the bell says 99+. */
const most = 100;

/** How much the caller has not read, up to a hundred. */
export async function countUnread(ctx: Context): Promise<UnreadCount> {
  authorize(ctx, "notices.read");
  const [row] = await rowsOf<{ unread: number }>(
    ctx.db,
    sql`select count(*)::int as unread from (
      select 1 from notifications n where ${isOwn(ctx)} and n.read_at is null limit ${most}) unread_ones`,
  );
  return { object: "unread_count", unread: row?.unread ?? 0 };
}

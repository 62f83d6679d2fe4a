import { sql, type SQL } from "drizzle-orm";
import { roleMay } from "@/lib/identity/matrix";
import type { List } from "@/lib/kernel/list";
import { stamp } from "@/lib/reviews/server/review-sql";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { noticeKinds, noticeWords } from "../kinds";
import type { NotificationListQuery, NotificationView } from "../notifications";
import { ownId } from "./get-preferences";

/** What the caller was told, newest first, by keyset: only what their role may still see. */
export async function listNotifications(
  ctx: Context,
  query: NotificationListQuery,
): Promise<List<NotificationView>> {
  authorize(ctx, "notices.read");
  const { limit, starting_after, ending_before, unread } = query;
  const backwards = ending_before !== undefined && starting_after === undefined;
  const rows = await rowsOf<Omit<NotificationView, "object">>(
    ctx.db,
    sql`select n.id, n.kind, n.title, n.body, n.href, n.decision_id, ${stamp("n.read_at")} as read_at,
        ${stamp("n.created_at")} as created_at
      from notifications n where ${isOwn(ctx)} ${unread ? sql`and n.read_at is null` : sql``}
        ${starting_after ? sql`and n.id < ${starting_after}` : sql``}
        ${ending_before ? sql`and n.id > ${ending_before}` : sql``}
      order by n.id ${backwards ? sql`asc` : sql`desc`} limit ${limit + 1}`,
  );
  const data = rows.slice(0, limit).map((row) => ({ object: "notification" as const, ...row }));
  return {
    object: "list",
    url: "/api/v1/notifications",
    has_more: rows.length > limit,
    data: backwards ? data.toReversed() : data,
  };
}

/** Over alias `n`: told to the caller, of a kind that their role may see now. */
export function isOwn(ctx: Context): SQL {
  const me = ownId(ctx);
  const role = ctx.actor.kind === "user" ? ctx.actor.role : undefined;
  const kinds = noticeKinds.filter((kind) => role && roleMay(role, noticeWords[kind].needs));
  return sql`n.user_id = ${me} and n.org_id = ${ctx.orgId} and n.kind in ${kinds}`;
}

import { and, desc, eq, gt, lt, asc } from "drizzle-orm";
import { notificationChannels } from "@/db/schema";
import type { List, ListQuery } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ChannelView } from "../channels";
import { channelOf } from "./channel-rows";

/** Where news goes besides the bell, newest first, by keyset. */
export async function listChannels(ctx: Context, query: ListQuery): Promise<List<ChannelView>> {
  authorize(ctx, "notices.manage");
  const { limit, starting_after, ending_before } = query;
  const backwards = ending_before !== undefined && starting_after === undefined;
  const rows = await ctx.db
    .select()
    .from(notificationChannels)
    .where(
      and(
        eq(notificationChannels.orgId, ctx.orgId),
        starting_after === undefined ? undefined : lt(notificationChannels.id, starting_after),
        ending_before === undefined ? undefined : gt(notificationChannels.id, ending_before),
      ),
    )
    .orderBy(backwards ? asc(notificationChannels.id) : desc(notificationChannels.id))
    .limit(limit + 1);
  const data = rows.slice(0, limit).map(channelOf);
  return {
    object: "list",
    url: "/api/v1/notification_channels",
    has_more: rows.length > limit,
    data: backwards ? data.toReversed() : data,
  };
}

import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { List } from "@/lib/kernel/list";
import { stamp } from "@/lib/reviews/server/review-sql";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { DeliveryListQuery, DeliveryView } from "../channels";

type Row = Omit<DeliveryView, "object" | "channel" | "to"> & {
  channel_id: string | null;
  channel_name: string | null;
  user_id: string | null;
  user_name: string | null;
};

/** What became of messages, newest first, by keyset. */
export async function listDeliveries(ctx: Context, query: DeliveryListQuery): Promise<List<DeliveryView>> {
  authorize(ctx, "notices.manage");
  const { limit, starting_after, ending_before, status } = query;
  const backwards = ending_before !== undefined && starting_after === undefined;
  const rows = await read(
    ctx,
    sql`${status ? sql`and v.status = ${status}` : sql``} ${starting_after ? sql`and v.id < ${starting_after}` : sql``}
      ${ending_before ? sql`and v.id > ${ending_before}` : sql``}
      order by v.id ${backwards ? sql`asc` : sql`desc`} limit ${limit + 1}`,
  );
  const data = rows.slice(0, limit);
  return {
    object: "list",
    url: "/api/v1/notification_deliveries",
    has_more: rows.length > limit,
    data: backwards ? data.toReversed() : data,
  };
}

/** One delivery as admins see it. Throws `not_found`. */
export async function readDelivery(ctx: Context, id: string): Promise<DeliveryView> {
  const [found] = await read(ctx, sql`and v.id = ${id}`);
  if (!found) throw new DomainError("not_found", `There is no message ${id}`);
  return found;
}

async function read(ctx: Context, which: SQL): Promise<DeliveryView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select v.id, v.kind, coalesce(v.channel_id, v.content ->> 'monitor') as channel_id,
        coalesce(c.name, v.content ->> 'monitor_name') as channel_name, v.user_id, u.name as user_name, v.status, v.attempts,
        case when jsonb_array_length(v.notification_ids) > 1 then jsonb_array_length(v.notification_ids) || ' things to see'
          else coalesce(v.content ->> 'title', '') end as about,
        ${stamp("v.not_before")} as not_before, v.error, ${stamp("v.sent_at")} as sent_at, ${stamp("v.created_at")} as created_at
      from notification_deliveries v left join notification_channels c on c.id = v.channel_id
      left join users u on u.id = v.user_id where v.org_id = ${ctx.orgId} ${which}`,
  );
  return rows.map(({ channel_id, channel_name, user_id, user_name, ...row }) => ({
    ...row,
    object: "notification_delivery",
    channel: channel_id === null ? null : { id: channel_id, name: channel_name ?? "" },
    to: user_id === null ? null : { id: user_id, name: user_name ?? "" },
  }));
}

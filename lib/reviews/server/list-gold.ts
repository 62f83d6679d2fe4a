import { sql } from "drizzle-orm";
import type { List, ListQuery } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { GoldItem } from "../measures";
import { goldRows } from "./gold-rows";
import { queueToManage } from "./queue-lead";

/** The known answers in force in a queue, newest first, by keyset. Throws `forbidden` unless lead or admin. */
export async function listGold(
  ctx: Context,
  { params, query }: { params: { queue: string }; query: ListQuery },
): Promise<List<GoldItem>> {
  authorize(ctx, "gold.write");
  const queue = await queueToManage(ctx, params.queue);
  const backwards = query.ending_before !== undefined && query.starting_after === undefined;
  const from = query.starting_after ? sql`and g.id < ${query.starting_after}` : sql``;
  const until = backwards ? sql`and g.id > ${query.ending_before}` : sql``;
  const rows = await goldRows(
    ctx,
    sql`g.queue_id = ${queue.id} and g.retired_at is null ${from} ${until}`,
    sql`order by g.id ${backwards ? sql`asc` : sql`desc`} limit ${query.limit + 1}`,
  );
  const data = rows.slice(0, query.limit);
  return {
    object: "list",
    url: `/api/v1/queues/${params.queue}/gold`,
    has_more: rows.length > query.limit,
    data: backwards ? data.toReversed() : data,
  };
}

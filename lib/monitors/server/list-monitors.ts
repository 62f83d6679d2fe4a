import { sql } from "drizzle-orm";
import type { List, ListQuery } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { MonitorView } from "../endpoints";
import { readMonitors } from "./read-monitors";

/** The monitors, newest first, by keyset. */
export async function listMonitors(ctx: Context, query: ListQuery): Promise<List<MonitorView>> {
  authorize(ctx, "monitors.read");
  const { limit, starting_after: after, ending_before: before } = query;
  const backwards = before !== undefined && after === undefined;
  const rows = await readMonitors(
    ctx,
    sql`m.archived_at is null ${after ? sql`and m.id < ${after}` : sql``} ${before ? sql`and m.id > ${before}` : sql``}
      order by m.id ${backwards ? sql`asc` : sql`desc`}`,
    limit + 1,
  );
  const data = rows.slice(0, limit);
  return {
    object: "list",
    url: "/api/v1/monitors",
    has_more: rows.length > limit,
    data: backwards ? data.toReversed() : data,
  };
}

import { sql } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { IncidentFilter, IncidentView } from "../incidents";
import { readIncidents } from "./incident-rows";

/** Incidents, newest first, by keyset. */
export async function listIncidents(ctx: Context, filter: IncidentFilter): Promise<List<IncidentView>> {
  authorize(ctx, "monitors.read");
  const { limit, starting_after: after, ending_before: before, status, monitor } = filter;
  const backwards = before !== undefined && after === undefined;
  const ofStatus =
    status === undefined
      ? sql``
      : status === "live"
        ? sql`and i.status <> 'resolved'`
        : sql`and i.status = ${status}`;
  const rows = await readIncidents(
    ctx,
    sql`true ${ofStatus} ${monitor ? sql`and i.monitor_id = ${monitor}` : sql``}
      ${after ? sql`and i.id < ${after}` : sql``} ${before ? sql`and i.id > ${before}` : sql``}
      order by i.id ${backwards ? sql`asc` : sql`desc`}`,
    limit + 1,
  );
  const data = rows.slice(0, limit);
  return {
    object: "list",
    url: "/api/v1/incidents",
    has_more: rows.length > limit,
    data: backwards ? data.toReversed() : data,
  };
}

/** How many incidents nobody has taken yet. */
export async function countOpenIncidents(ctx: Context): Promise<number> {
  authorize(ctx, "monitors.read");
  const [row] = await rowsOf<{ open: number }>(
    ctx.db,
    sql`select count(*)::int as open from incidents where org_id = ${ctx.orgId} and status = 'open'`,
  );
  return row?.open ?? 0;
}

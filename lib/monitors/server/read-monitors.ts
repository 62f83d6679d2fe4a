import { sql, type SQL } from "drizzle-orm";
import { metricsCatalogue } from "@/lib/evaluations/metrics-catalogue";
import { missing } from "@/lib/apps/server/find";
import { stamp } from "@/lib/reviews/server/review-sql";
import { may } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { MonitorView } from "../endpoints";

type Row = Omit<MonitorView, "object" | "unit">;

/** Monitors that are not archived, newest first; the caller has authorised. */
export async function readMonitors(ctx: Context, which: SQL, limit: number): Promise<MonitorView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select m.id, m.name, m.metric, m.window_minutes, m.comparator, m.warn_at, m.alert_at, m.min_n, m.for_looks,
        m.cooldown_minutes, m.hysteresis, m.channels, m.webhook_url, m.enabled, m.state, m.value, m.n,
        ${stamp("m.checked_at")} as checked_at, m.version,
        case when m.muted_until > now() then ${stamp("m.muted_until")} end as muted_until, ${stamp("m.created_at")} as created_at,
        (select i.id from incidents i where i.monitor_id = m.id and i.status <> 'resolved') as open_incident,
        (select json_build_object('id', a.id, 'key', a.key, 'name', a.name) from apps a where a.id = m.app_id) as app,
        (select json_build_object('id', t.id, 'key', t.key, 'name', t.name) from decision_types t where t.id = m.type_id) as type
      from monitors m where m.org_id = ${ctx.orgId} and ${which} limit ${limit}`,
  );
  const isWriter = may(ctx.actor, "monitors.write");
  return rows.map((row) => ({
    ...row,
    object: "monitor",
    unit: metricsCatalogue[row.metric].unit,
    webhook_url: isWriter || row.webhook_url === null ? row.webhook_url : new URL(row.webhook_url).host,
  }));
}

/** One monitor. Throws `not_found`. */
export async function readMonitor(ctx: Context, id: string): Promise<MonitorView> {
  const [found] = await readMonitors(ctx, sql`m.id = ${id} and m.archived_at is null`, 1);
  return found ?? missing("monitor", id);
}

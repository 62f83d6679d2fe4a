import { sql, type SQL } from "drizzle-orm";
import { missing } from "@/lib/apps/server/find";
import { stamp } from "@/lib/reviews/server/review-sql";
import type { Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { IncidentView, timelineWords } from "../incidents";

type Did = (typeof timelineWords)[number];
type Happened = { did: Did; by: string | null; value?: number | null; note?: string | null };

/** A line of an incident's timeline, for SQL that appends it: `by` is an actor's name, null the system. */
export function happened({ did, by, value = null, note = null }: Happened): SQL {
  const line = JSON.stringify({ did, by, value, note });
  return sql`jsonb_set(detail, '{timeline}', (detail -> 'timeline') ||
    jsonb_build_array(${line}::jsonb || jsonb_build_object('at', ${stamp("now()")})))`;
}

/** Incidents, by a condition with its order over alias `i`; the caller has authorised. */
export async function readIncidents(ctx: Context, which: SQL, limit: number): Promise<IncidentView[]> {
  const rows = await rowsOf<Omit<IncidentView, "object">>(
    ctx.db,
    sql`select i.id, i.title, i.detail ->> 'cause' as cause, i.severity, i.status, i.note, ${stamp("i.opened_at")} as opened_at,
        ${stamp("i.acknowledged_at")} as acknowledged_at, ${stamp("i.resolved_at")} as resolved_at,
        (select json_build_object('id', m.id, 'name', m.name) from monitors m where m.id = i.monitor_id) as monitor,
        (select json_build_object('id', a.id, 'key', a.key, 'name', a.name) from apps a where a.id = i.app_id) as app,
        (select json_build_object('id', t.id, 'key', t.key, 'name', t.name) from decision_types t where t.id = i.type_id) as type
      from incidents i where i.org_id = ${ctx.orgId} and ${which} limit ${limit}`,
  );
  return rows.map((row) => ({ ...row, object: "incident" }));
}

/** One incident. Throws `not_found`. */
export async function readIncident(ctx: Context, id: string): Promise<IncidentView> {
  const [found] = await readIncidents(ctx, sql`i.id = ${id}`, 1);
  return found ?? missing("incident", id);
}

type End = { by: string | null; note: string | null };

/** Ends an incident, in the caller's transaction; answers whether it was not over already. */
export async function endIncident(ctx: Context, id: string, { by, note }: End): Promise<boolean> {
  const did = by === null ? "over" : "resolved";
  const ended = await rowsOf(
    ctx.db,
    sql`update incidents set status = 'resolved', resolved_by = ${by}, note = coalesce(${note}, note), resolved_at = now(),
        updated_at = now(), detail = ${happened({ did, by, note })}
      where id = ${id} and org_id = ${ctx.orgId} and status <> 'resolved' returning id`,
  );
  if (ended.length === 0) return false;
  await record(ctx, "incident.resolved", id, { by_itself: by === null });
  await emit(ctx, { type: "incident.changed", subject: id, data: { status: "resolved", by } });
  return true;
}

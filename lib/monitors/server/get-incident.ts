import { sql } from "drizzle-orm";
import { listAddress } from "@/lib/decisions/list";
import type { JsonObject } from "@/lib/kernel/json";
import { firstIdOf } from "@/lib/kernel/ids";
import { stamp } from "@/lib/reviews/server/review-sql";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { IncidentDetail, type IncidentView, type Moment } from "../incidents";
import { readIncident } from "./incident-rows";

const dayMs = 86_400_000;
/** Decisions counted, and looked at for their versions, at most. */
const mostCounted = 10_000;
const mostSeen = 5000;

type Span = { from: string; to: string };

/** An incident with what came before it, whom it touched and who was told. Throws `not_found`. */
export async function getIncident(ctx: Context, { incident }: { incident: string }): Promise<IncidentDetail> {
  authorize(ctx, "monitors.read");
  const view = await readIncident(ctx, incident);
  const [row] = await rowsOf<{ detail: JsonObject }>(
    ctx.db,
    sql`select detail from incidents where id = ${incident} and org_id = ${ctx.orgId}`,
  );
  const detail = StoredDetail.parse(row?.detail ?? {});
  const span = spanOf(view, detail.figure);
  const [timeline, affected, versions, told] = await Promise.all([
    withNames(ctx, detail.timeline),
    readAffected(ctx, view, span),
    readVersions(ctx, view, span),
    readTold(ctx, view),
  ]);
  return { ...view, ...detail, href: detail.href ?? null, timeline, affected, versions, told };
}

const StoredDetail = IncidentDetail.pick({ why: true, figure: true, changes: true, timeline: true }).extend({
  href: IncidentDetail.shape.href.optional(),
});

/** What it touched: its figure's window and on, until it was over; of one without a figure, from a day before. */
function spanOf({ opened_at, resolved_at }: IncidentView, figure: IncidentDetail["figure"]): Span {
  const from = figure?.window.from ?? new Date(Date.parse(opened_at) - dayMs).toISOString();
  return { from, to: resolved_at ?? new Date().toISOString() };
}

async function withNames(ctx: Context, timeline: readonly Moment[]): Promise<Moment[]> {
  const ids = timeline.flatMap(({ by }) => (by?.startsWith("user:") ? [by.slice("user:".length)] : []));
  if (ids.length === 0) return [...timeline];
  const people = await rowsOf<{ id: string; name: string }>(
    ctx.db,
    sql`select id, name from users where org_id = ${ctx.orgId} and id in ${ids}`,
  );
  const nameOf = (by: string | null) =>
    by && (people.find(({ id }) => by === `user:${id}`)?.name ?? "a former member");
  return timeline.map((moment) => ({ ...moment, by: nameOf(moment.by) }));
}

function within(ctx: Context, { app, type }: IncidentView, { from, to }: Span) {
  return sql`d.org_id = ${ctx.orgId} and d.created_at >= ${from}::timestamptz and d.created_at < ${to}::timestamptz
    ${app ? sql`and d.app_id = ${app.id}` : sql``} ${type ? sql`and d.type_id = ${type.id}` : sql``} and not d.measure`;
}

async function readAffected(
  ctx: Context,
  view: IncidentView,
  span: Span,
): Promise<IncidentDetail["affected"]> {
  const [row] = await rowsOf<{ n: number }>(
    ctx.db,
    sql`select count(*)::int as n from (select 1 from decisions d where ${within(ctx, view, span)} limit ${mostCounted + 1}) few`,
  );
  const n = row?.n ?? 0;
  const href = listAddress({
    app: view.app?.key,
    type: view.type?.key,
    "created_at[gte]": span.from,
    "created_at[lt]": span.to,
  });
  return { count: Math.min(n, mostCounted), is_more: n > mostCounted, href };
}

function readVersions(ctx: Context, view: IncidentView, span: Span): Promise<IncidentDetail["versions"]> {
  return rowsOf<IncidentDetail["versions"][number]>(
    ctx.db,
    sql`select model, prompt_version, count(*)::int as decisions, ${stamp("min(created_at)")} as first_at
      from (select d.model ->> 'name' as model, d.prompt_version, d.created_at from decisions d
        where ${within(ctx, view, span)} order by d.created_at desc limit ${mostSeen}) seen
      group by model, prompt_version order by min(created_at) desc limit 20`,
  );
}

/** A day longer than it took: a digest waits that long. */
async function readTold(
  ctx: Context,
  { id, opened_at, resolved_at }: IncidentView,
): Promise<IncidentDetail["told"]> {
  const href = `/alerts/incidents/${id}`;
  const openedMs = Date.parse(opened_at);
  const endMs = resolved_at === null ? Date.now() : Date.parse(resolved_at);
  const lines = sql`select n.id, n.user_id, n.read_at, n.created_at from users u
    cross join lateral (select * from notifications n where n.user_id = u.id and n.id >= ${firstIdOf("notification", openedMs - 60_000)}
      and n.id < ${firstIdOf("notification", endMs + dayMs)} and n.href = ${href}) n
    where u.org_id = ${ctx.orgId}`;
  return rowsOf<IncidentDetail["told"][number]>(
    ctx.db,
    sql`with lines as (${lines}),
      sent as (select v.kind, coalesce(u.name, c.name, v.content ->> 'monitor_name', 'a channel') as name, v.status, v.error,
          v.attempts, case when v.status = 'pending' then v.not_before end as next_at, coalesce(v.sent_at, v.created_at) as at
        from notification_deliveries v left join users u on u.id = v.user_id left join notification_channels c on c.id = v.channel_id
        where v.org_id = ${ctx.orgId} and v.id >= ${firstIdOf("delivery", openedMs - dayMs - 3_600_000)}
          and v.id < ${firstIdOf("delivery", endMs + dayMs)}
          and (v.content ->> 'href' = ${href} or v.notification_ids ?| array(select id from lines)))
      select kind, name, status, error, attempts, ${stamp("next_at")} as next_at, ${stamp("at")} as at from (
        select kind, name, status, error, attempts, next_at, at from sent
        union all
        select 'bell', u.name, case when l.read_at is null then 'unread' else 'read' end, null, 1, null, l.created_at
        from lines l join users u on u.id = l.user_id) told
      order by at, name limit 100`,
  );
}

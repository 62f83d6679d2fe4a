import { sql } from "drizzle-orm";
import { metricsCatalogue, type MetricName } from "@/lib/evaluations/metrics-catalogue";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { beyondText, figureText, isMetricName } from "../figure-text";
import type { Outcome, Reading } from "../watch";
import { changesBefore } from "./changes-before";
import { endIncident, happened } from "./incident-rows";
import type { Watched } from "./watched";
import { postSigned } from "./post-signed";

type Found = { outcome: Outcome; reading: Reading; nowMs: number };

/** Does what a look asks for, in its transaction: opens or ends the incident, and says so once. */
export async function takeOutcome(ctx: Context, watched: Watched, found: Found): Promise<void> {
  switch (found.outcome.kind) {
    case "alert":
      return alert(ctx, watched, found);
    case "warn":
      return found.outcome.tell === "yes" ? warn(ctx, watched, found) : undefined;
    case "no_data":
      return tellMonitor(ctx, watched, {
        title: `No data: ${watched.name}`,
        body: "It has had no figure for an hour: nobody is told if something goes wrong.",
        did: "no_data",
        value: null,
      });
    case "recovered":
      return recover(ctx, watched, found);
  }
}

async function alert(ctx: Context, watched: Watched, found: Found): Promise<void> {
  const [live] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from incidents where monitor_id = ${watched.id} and status <> 'resolved'`,
  );
  // The incident is open still: the monitor had no data, or was better for a while.
  if (live) return;
  if (found.outcome.tell === "no" && (await reopen(ctx, watched, found))) return;
  await open(ctx, watched, found);
}

/** Within the cooldown it is the same incident, and nobody is told again. */
async function reopen(ctx: Context, { id }: Watched, { reading }: Found): Promise<boolean> {
  const [again] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`update incidents set status = 'open', resolved_at = null, resolved_by = null, updated_at = now(),
        detail = ${happened({ did: "again", by: null, value: reading.value })}
      where id = (select id from incidents where monitor_id = ${id} order by opened_at desc, id desc limit 1) returning id`,
  );
  if (!again) return false;
  await record(ctx, "incident.opened_again", again.id, { monitor: id });
  await emit(ctx, { type: "incident.changed", subject: again.id, data: { status: "open" } });
  return true;
}

async function open(ctx: Context, watched: Watched, { reading, nowMs }: Found): Promise<void> {
  const { id: monitorId, name, metric, comparator, alert_at, window_minutes, app_id, type_id } = watched;
  if (!isMetricName(metric)) return;
  const id = newId("incident");
  const why = sentence(watched, metric, reading, alert_at);
  const figure = {
    metric,
    unit: metricsCatalogue[metric].unit,
    comparator,
    alert_at,
    value: reading.value,
    n: reading.n,
    window: {
      from: new Date(nowMs - window_minutes * 60_000).toISOString(),
      to: new Date(nowMs).toISOString(),
    },
  };
  const changes = await changesBefore(ctx, { appId: app_id, typeId: type_id });
  const isMuted = watched.mute === "on";
  const detail = { cause: "monitor", why, figure, changes, timeline: [], ...(isMuted ? { told: "no" } : {}) };
  await rowsOf(
    ctx.db,
    sql`insert into incidents (id, org_id, monitor_id, app_id, type_id, severity, title, detail)
      values (${id}, ${ctx.orgId}, ${monitorId}, ${app_id}, ${type_id}, 'alert', ${name}, ${JSON.stringify(detail)}::jsonb)`,
  );
  await rowsOf(
    ctx.db,
    sql`update incidents set detail = ${happened({ did: "opened", by: null, value: reading.value })} where id = ${id}`,
  );
  const href = `/alerts/incidents/${id}`;
  const tell = { kind: "incident", title: `Alert: ${name}`, body: why, href, channels: watched.channels };
  const data = { monitor: monitorId, value: reading.value, n: reading.n, metric };
  await emit(ctx, { type: "incident.opened", subject: id, data: isMuted ? data : { ...data, tell } });
  if (!isMuted) {
    const { title } = tell;
    await postSigned(ctx, watched, { type: "incident.opened", title, href, data: { incident: id, ...data } });
  }
  await record(ctx, "incident.opened", id, { ...data, muted: isMuted });
}

async function warn(ctx: Context, watched: Watched, { reading }: Found): Promise<void> {
  if (!isMetricName(watched.metric)) return;
  const body = sentence(watched, watched.metric, reading, watched.warn_at ?? watched.alert_at);
  await tellMonitor(ctx, watched, {
    title: `Warning: ${watched.name}`,
    body,
    did: "warning",
    value: reading.value,
  });
}

async function recover(ctx: Context, watched: Watched, { reading }: Found): Promise<void> {
  const [live] = await rowsOf<{ id: string; again: boolean; untold: boolean }>(
    ctx.db,
    sql`select id, detail -> 'timeline' @> '[{"did": "again"}]' as again, detail ? 'told' as untold from incidents
      where monitor_id = ${watched.id} and status <> 'resolved' for update`,
  );
  if (!live || !(await endIncident(ctx, live.id, { by: null, note: null }))) return;
  // It came back before, and that it ended was told then; or nobody was told of it at all.
  if (live.again || live.untold || watched.mute === "on") return;
  const { unit } = isMetricName(watched.metric)
    ? metricsCatalogue[watched.metric]
    : { unit: "count" as const };
  const title = `Well again: ${watched.name}`;
  const href = `/alerts/incidents/${live.id}`;
  const body = `It is at ${figureText(reading.value, unit)} now.`;
  const tell = { kind: "monitor", title, body, href, channels: watched.channels };
  const data = { monitor: watched.id, incident: live.id, value: reading.value };
  await emit(ctx, {
    type: "incident.changed",
    subject: live.id,
    data: { ...data, status: "resolved", tell },
  });
  await postSigned(ctx, watched, { type: "incident.resolved", title, href, data });
}

type Said = { title: string; body: string; did: string; value: number | null };

async function tellMonitor(ctx: Context, watched: Watched, { title, body, did, value }: Said): Promise<void> {
  if (watched.mute === "on") return record(ctx, `monitor.${did}`, watched.id, { value, muted: true });
  const href = `/alerts/monitors/${watched.id}`;
  const tell = { kind: "monitor", title, body, href, channels: watched.channels };
  const data: JsonObject = { did, value };
  await emit(ctx, { type: "monitor.changed", subject: watched.id, data: { ...data, tell } });
  await postSigned(ctx, watched, {
    type: `monitor.${did}`,
    title,
    href,
    data: { monitor: watched.id, ...data },
  });
  await record(ctx, `monitor.${did}`, watched.id, { value });
}

function sentence(
  { comparator, window_minutes }: Watched,
  metric: MetricName,
  { value }: Reading,
  limit: number,
): string {
  const minutes = window_minutes % 60 === 0 ? `${window_minutes / 60} h` : `${window_minutes} min`;
  return `${metricsCatalogue[metric].question} ${beyondText({ metric, value, comparator }, limit)}, over ${minutes}.`;
}

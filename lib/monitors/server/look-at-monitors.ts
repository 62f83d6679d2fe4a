import { sql } from "drizzle-orm";
import { metricsCatalogue } from "@/lib/evaluations/metrics-catalogue";
import { measureMetric } from "@/lib/evaluations/server/measure-metric";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { isMetricName } from "../figure-text";
import { watch, type Reading } from "../watch";
import { endMute } from "./end-mute";
import { takeOutcome } from "./take-outcome";
import type { Watched } from "./watched";

/** Monitors that a worker looks at in one turn. */
const atOnce = 10;
const lookEverySeconds = 60;

/**
 * A timer: looks at each monitor whose minute has come. Many workers may do it: one of them claims a look, and what it
 * comes to is written once. The figure is measured outside a transaction; a look whose worker died is simply missing.
 * Answers how many it looked at.
 */
export async function lookAtMonitors(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const claimed = await rowsOf<{ id: string; look: string; now_ms: number }>(
    ctx.db,
    sql`update monitors set checked_at = now()
      where id in (select id from monitors where org_id = ${ctx.orgId} and enabled and archived_at is null
        and (checked_at is null or checked_at <= now() - make_interval(secs => ${lookEverySeconds}::int))
        order by checked_at nulls first limit ${atOnce} for update skip locked)
      returning id, checked_at::text as look, (extract(epoch from now()) * 1000)::float8 as now_ms`,
  );
  for (const { id, look, now_ms } of claimed) await lookAt(ctx, { id, look, nowMs: now_ms });
  return claimed.length;
}

type Look = { id: string; look: string; nowMs: number };

async function lookAt(ctx: Context, { id, look, nowMs }: Look): Promise<void> {
  const before = await readWatched(ctx, sql`id = ${id}`);
  if (!before) return;
  const reading = await measure(ctx, before, nowMs);
  await inTransaction(ctx, async (ctx) => {
    // Changed or looked at by another meanwhile: that look counts, this one does not.
    const now = await readWatched(
      ctx,
      sql`id = ${id} and checked_at::text = ${look} and version = ${before.version} and enabled and archived_at is null for update`,
    );
    if (!now) return;
    const { after, outcome } = watch(rulesOf(now), watchOf(now), reading, nowMs);
    await rowsOf(
      ctx.db,
      sql`update monitors set state = ${after.state}, pending_state = ${after.pending}, streak = ${after.streak}::int,
          value = ${reading.value}::float8, n = ${Math.min(reading.n, 2_147_483_647)}::int,
          told_at = case when ${after.warnedMs}::float8 is null then told_at else to_timestamp(${after.warnedMs}::float8 / 1000) end
        where id = ${id}`,
    );
    if (now.mute === "over") await endMute(ctx, now);
    if (outcome) await takeOutcome(ctx, now, { outcome, reading, nowMs });
  });
}

async function readWatched(ctx: Context, which: ReturnType<typeof sql>): Promise<Watched | undefined> {
  const [row] = await rowsOf<Watched>(
    ctx.db,
    sql`select id, name, metric, app_id, type_id, window_minutes, comparator, warn_at, alert_at, min_n, for_looks, cooldown_minutes,
        hysteresis, channels, webhook_url, state, pending_state, streak, version,
        case when muted_until > now() then 'on' when muted_until is not null then 'over' end as mute,
        (extract(epoch from told_at) * 1000)::float8 as warned_ms,
        (select (extract(epoch from max(opened_at)) * 1000)::float8 from incidents i where i.monitor_id = monitors.id) as alerted_ms
      from monitors where org_id = ${ctx.orgId} and ${which}`,
  );
  return row;
}

const rulesOf = (row: Watched) => ({
  comparator: row.comparator,
  warnAt: row.warn_at,
  alertAt: row.alert_at,
  minN: row.min_n,
  forLooks: row.for_looks,
  hysteresis: row.hysteresis,
  cooldownMs: row.cooldown_minutes * 60_000,
});

const watchOf = (row: Watched) => ({
  state: row.state,
  pending: row.pending_state,
  streak: row.streak,
  warnedMs: row.warned_ms,
  alertedMs: row.alerted_ms,
});

/** The figure of the monitor's window; none where it cannot be computed, which is said in time. */
async function measure(ctx: Context, watched: Watched, nowMs: number): Promise<Reading> {
  const { metric, app_id, type_id, window_minutes, min_n } = watched;
  if (!isMetricName(metric)) return { value: null, n: 0 };
  try {
    const { value, n } = await measureMetric(ctx, {
      metric,
      appId: app_id ?? undefined,
      typeId: type_id ?? undefined,
      from: new Date(nowMs - window_minutes * 60_000),
      to: new Date(nowMs),
    });
    const { unit } = metricsCatalogue[metric];
    // Where nothing waits, nothing has waited for long.
    if (metric === "oldest_review_seconds") return { value: value ?? 0, n: Math.max(n, min_n) };
    // A count or a sum is what it is, of however few.
    return unit === "count" || unit === "money" ? { value, n: Math.max(n, min_n) } : { value, n };
  } catch (error) {
    log.warn({ err: error, monitor: watched.id }, "a monitor's figure could not be computed");
    return { value: null, n: 0 };
  }
}

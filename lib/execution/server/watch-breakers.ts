import { sql, type SQL } from "drizzle-orm";
import { Breaker } from "@/lib/apps/schema";
import { findStop } from "@/lib/apps/server/list-stops";
import { stop } from "@/lib/apps/server/stop";
import { holdBackClaims } from "@/lib/apps/server/stop-target";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { rowsOf } from "@/lib/server/rows";
import { breakerReason, type BreakerState, type SendFigures } from "../breaker";

type Watched = { id: string; breaker: unknown; active: boolean } & SendFigures;

/** So many sends say enough; a busy connector's window is not read further. */
const mostCounted = 1000;

/**
 * Opens the breaker of every connector whose recent sends went wrong too often: turns its kill switch on, with the
 * figures as the reason. Answers how many it opened. Only an admin resumes; what was counted before does not count after.
 */
export async function watchBreakers(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  let opened = 0;
  for (const watched of await readWatched(ctx, sql`not s.active`)) {
    const reason = breakerReason(Breaker.parse(watched.breaker), watched);
    if (reason === null) continue;
    if (await openBreaker(ctx, watched, reason)) opened += 1;
  }
  return opened;
}

/** The breaker of one connector, or null when it has none. */
export async function getBreaker(
  ctx: Context,
  { connector }: { connector: string },
): Promise<BreakerState | null> {
  authorize(ctx, "apps.read");
  const [watched] = await readWatched(ctx, sql`c.id = ${connector}`);
  if (!watched) return null;
  const { breaker, active, sends, failed, unknown } = watched;
  return { breaker: Breaker.parse(breaker), figures: { sends, failed, unknown }, isOpen: active };
}

// Two workers may find the same: the second one sees, once it is its turn, that the switch is on.
function openBreaker(
  ctx: Context,
  { id, sends, failed, unknown }: Watched,
  reason: string,
): Promise<boolean> {
  return inTransaction({ ...ctx, actor: { kind: "system" as const, id: "breaker" } }, async (ctx) => {
    await holdBackClaims(ctx);
    if ((await findStop(ctx, "connector", id))?.active !== false) return false;
    const { in_flight } = await stop(ctx, { scope: "connector", scope_id: id, reason });
    await emit(ctx, {
      type: "connector.breaker_opened",
      subject: id,
      data: { reason, sends, failed, unknown, in_flight: in_flight.count },
    });
    return true;
  });
}

// Sends of watched connectors are marked by their claim; those that are over, newest first, by their own index.
function readWatched(ctx: Context, where: SQL): Promise<Watched[]> {
  return rowsOf<Watched>(
    ctx.db,
    sql`select c.id, c.config -> 'breaker' as breaker, s.active, n.sends, n.failed, n.unknown
      from connectors c join stops s on s.org_id = c.org_id and s.scope = 'connector' and s.scope_id = c.id
      cross join lateral (
        select count(*)::int as sends, (count(*) filter (where r.outcome in ('refused', 'not_sent')))::int as failed,
          (count(*) filter (where r.outcome in ('intent', 'ambiguous', 'stale')))::int as unknown
        from (select a.outcome from attempts a where a.watched_connector_id = c.id and a.ended_at is not null
            and a.started_at > greatest(case when s.active then '-infinity' else coalesce(s.changed_at, '-infinity') end,
              now() - make_interval(mins => coalesce((c.config -> 'breaker' ->> 'window_minutes')::int, 10)))
          order by a.started_at desc limit ${mostCounted}) r) n
      where c.org_id = ${ctx.orgId} and jsonb_typeof(c.config -> 'breaker') = 'object' and ${where}`,
  );
}

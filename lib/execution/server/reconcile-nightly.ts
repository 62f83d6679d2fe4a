import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { longestStretchMs } from "../reconciliation";
import { hasLedger } from "./list-reconciliations";
import { insertOnce } from "./start-reconciliation";

/** Who asks for the comparisons that nobody asks for. */
export const nightly = "system:nightly";
/** From this hour (UTC) on a connector's day is compared. */
const nightHour = 2;
/** What happened within this of the comparison is the next one's: a list may lag. */
const lag = "10 minutes";

/**
 * Writes down, once a day for each connector that has a ledger, the comparison of the time since the last one. Any
 * number of workers may call it at once. Answers how many it wrote.
 */
export async function reconcileNightly(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const due = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select c.id from connectors c where c.org_id = ${ctx.orgId} and ${hasLedger} and ${isDue} limit 100`,
  );
  let written = 0;
  for (const { id } of due) written += await writeOne({ ...ctx, now: new Date() }, id);
  return written;
}

const lastNight = sql`(date_trunc('day', now() at time zone 'UTC' - make_interval(hours => ${nightHour}))
  + make_interval(hours => ${nightHour})) at time zone 'UTC'`;
const isDue = sql`not exists (select 1 from reconciliations r where r.connector_id = c.id
  and r.requested_by = ${nightly} and r.created_at >= ${lastNight})`;

function writeOne(ctx: Context, connectorId: string): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    // Held first and asked after: what another worker has just written is seen.
    await rowsOf(ctx.db, sql`select 1 from connectors where id = ${connectorId} for no key update`);
    const [stretch] = await rowsOf<{ from_ms: number; to_ms: number }>(
      ctx.db,
      sql`select extract(epoch from greatest(coalesce((select max(r.to_at) from reconciliations r
              where r.connector_id = c.id and r.requested_by = ${nightly} and r.status = 'done'),
            now() - interval '1 day'), now() - make_interval(secs => ${longestStretchMs / 1000})))::float8 * 1000 as from_ms,
          extract(epoch from now() - ${lag}::interval)::float8 * 1000 as to_ms
        from connectors c where c.id = ${connectorId} and ${isDue}`,
    );
    if (!stretch || stretch.from_ms >= stretch.to_ms) return 0;
    const { isNew } = await insertOnce(ctx, {
      connectorId,
      fromMs: stretch.from_ms,
      toMs: stretch.to_ms,
      by: nightly,
    });
    return isNew ? 1 : 0;
  });
}

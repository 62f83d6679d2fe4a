import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { keptDays } from "../contract";

const mostAtOnce = 20;

/** A timer: throws away what was taken out long enough ago, with its files. Answers how many. */
export async function expireExports(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    const over = await rowsOf<{ id: string }>(
      ctx.db,
      sql`select id from exports where org_id = ${ctx.orgId} and status in ('done', 'failed', 'cancelled')
        and coalesce(expires_at, finished_at + make_interval(days => ${keptDays})) <= now()
        limit ${mostAtOnce} for update skip locked`,
    );
    if (over.length === 0) return 0;
    const ids = sql.param(over.map(({ id }) => id));
    await rowsOf(ctx.db, sql`delete from export_parts where export_id = any (${ids})`);
    await rowsOf(ctx.db, sql`delete from exports where id = any (${ids})`);
    await record(ctx, "exports.expired", ctx.orgId, { exports: over.map(({ id }) => id) });
    return over.length;
  });
}

import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";

const mostAtOnce = 20;

/** A timer: throws away training files that were kept long enough; what was in them stays told by the manifest. Answers how many. */
export async function expireLearningExports(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    const over = await rowsOf<{ id: string }>(
      ctx.db,
      sql`select x.id from learning_exports x where x.org_id = ${ctx.orgId} and x.expires_at <= now()
          and exists (select 1 from learning_export_parts p where p.export_id = x.id)
        limit ${mostAtOnce} for update skip locked`,
    );
    if (over.length === 0) return 0;
    const ids = over.map(({ id }) => id);
    await rowsOf(ctx.db, sql`delete from learning_export_parts where export_id = any (${sql.param(ids)})`);
    await record(ctx, "learning_exports.expired", ctx.orgId, { exports: ids });
    return over.length;
  });
}

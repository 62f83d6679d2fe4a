import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

const mostCounted = 100;

/** How many audits wait for somebody to judge them, counted up to 100. */
export async function countOpenAudits(ctx: Context): Promise<number> {
  authorize(ctx, "audits.read");
  const [row] = await rowsOf<{ count: number }>(
    ctx.db,
    sql`select count(*)::int as count from (
      select 1 from audits a where a.org_id = ${ctx.orgId} and a.status in ('open', 'claimed') limit ${mostCounted}) counted`,
  );
  return row?.count ?? 0;
}

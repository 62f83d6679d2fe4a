import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { isToJudge, viewerJoins, viewerOf } from "./viewer";

const mostCounted = 100;

/** How many audits wait for this auditor to judge them (for an admin: for anybody), counted up to 100. */
export async function countOpenAudits(ctx: Context): Promise<number> {
  authorize(ctx, "audits.read");
  const viewer = viewerOf(ctx);
  const [row] = await rowsOf<{ count: number }>(
    ctx.db,
    sql`select count(*)::int as count from (
      select 1 from audits a ${viewerJoins(viewer)}
      where a.org_id = ${ctx.orgId} and ${isToJudge(viewer)} limit ${mostCounted}) counted`,
  );
  return row?.count ?? 0;
}

import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** True while everything, or this connector, is stopped. The caller has authorised. */
export async function isStopped(ctx: Context, connectorId: string): Promise<boolean> {
  const found = await rowsOf(
    ctx.db,
    sql`select 1 from stops where org_id = ${ctx.orgId} and active
      and (scope = 'global' or (scope = 'connector' and scope_id = ${connectorId})) limit 1`,
  );
  return found.length > 0;
}

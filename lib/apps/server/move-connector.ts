import { and, eq, sql } from "drizzle-orm";
import { connectors } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";

/**
 * Follows a reference system to the address that a start of the demo gave it. It is the same system, so what was
 * signed for it still holds and the version stays; nobody but the installation itself may do this.
 */
export async function moveConnector(
  ctx: Context,
  input: { connector: string; baseUrl: string },
): Promise<void> {
  authorize(ctx, "system.run");
  await ctx.db
    .update(connectors)
    .set({
      config: sql`jsonb_set(${connectors.config}, '{base_url}', ${JSON.stringify(input.baseUrl)}::jsonb)`,
    })
    .where(and(eq(connectors.orgId, ctx.orgId), eq(connectors.key, input.connector)));
}

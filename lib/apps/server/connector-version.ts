import { and, eq, sql } from "drizzle-orm";
import { connectors } from "@/db/schema";
import type { Context } from "@/lib/server/context";
import { missing, requireVersion } from "./find";

/**
 * Changes a connector and raises its version, which approvals sign: what was approved for the old one no longer
 * runs. The caller has authorised; throws `stale_version` unless `read`, when given, is the version in force.
 */
export async function raiseVersion(
  ctx: Context,
  connector: { id: string; version: number },
  read: number | undefined,
  set: Partial<Omit<typeof connectors.$inferInsert, "version" | "updatedAt">> = {},
): Promise<number> {
  const [raised] = await ctx.db
    .update(connectors)
    .set({ ...set, version: sql`${connectors.version} + 1`, updatedAt: sql`now()` })
    .where(
      and(
        eq(connectors.id, connector.id),
        eq(connectors.orgId, ctx.orgId),
        read === undefined ? undefined : eq(connectors.version, read),
      ),
    )
    .returning({ version: connectors.version });
  if (raised) return raised.version;
  if (read === undefined) return missing("connector", connector.id);
  // Somebody changed it before this was read, or between the reading and the writing.
  requireVersion("connector", read, connector.version === read ? read + 1 : connector.version);
  return read;
}

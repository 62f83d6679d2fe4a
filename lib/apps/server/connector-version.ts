import { and, eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { connectors } from "@/db/schema";
import type { Context } from "@/lib/server/context";
import { missing, requireVersion } from "./find";

type Named = { id: string; version: number };
type Fields = Partial<Omit<typeof connectors.$inferInsert, "version" | "updatedAt">>;

/**
 * Changes a connector and raises its version, which approvals sign: what was approved for the old one no longer
 * runs. The caller has authorised; throws `stale_version` unless `read`, when given, is the version in force.
 */
export function raiseVersion(
  ctx: Context,
  connector: Named,
  read: number | undefined,
  set: Fields = {},
): Promise<number> {
  return write(ctx, connector, read, { ...set, version: sql`${connectors.version} + 1` });
}

/** Puts another credential in a connector's, as {@link raiseVersion} does; what was approved still runs, under it. */
export function replaceSecret(ctx: Context, connector: Named, read: number, secret: string): Promise<number> {
  return write(ctx, connector, read, { secret });
}

async function write(
  ctx: Context,
  connector: Named,
  read: number | undefined,
  set: PgUpdateSetSource<typeof connectors>,
): Promise<number> {
  const [written] = await ctx.db
    .update(connectors)
    .set({ ...set, updatedAt: sql`now()` })
    .where(
      and(
        eq(connectors.id, connector.id),
        eq(connectors.orgId, ctx.orgId),
        read === undefined ? undefined : eq(connectors.version, read),
      ),
    )
    .returning({ version: connectors.version });
  if (written) return written.version;
  if (read === undefined) return missing("connector", connector.id);
  // Somebody changed it before this was read, or between the reading and the writing.
  requireVersion("connector", read, connector.version === read ? read + 1 : connector.version);
  return read;
}

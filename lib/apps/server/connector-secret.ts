import { and, eq } from "drizzle-orm";
import { connectors } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { openSecret, sealSecret } from "@/lib/server/secrets";
import { missing } from "./find";

const placeOf = (rowId: string) => ({ table: "connectors", column: "secret", rowId });

/** A connector's credential, encrypted for its own row. */
export function sealConnectorSecret(connectorId: string, secret: string): string {
  return sealSecret(secret, placeOf(connectorId));
}

/** A connector's credential in clear, for the worker that is about to send; null when it has none. */
export async function openConnectorSecret(ctx: Context, connectorId: string): Promise<string | null> {
  authorize(ctx, "system.run");
  const [row] = await ctx.db
    .select({ secret: connectors.secret })
    .from(connectors)
    .where(and(eq(connectors.id, connectorId), eq(connectors.orgId, ctx.orgId)));
  if (!row) return missing("connector", connectorId);
  return row.secret === null ? null : openSecret(row.secret, placeOf(connectorId));
}

import { and, eq } from "drizzle-orm";
import { connectors } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { openSecret, sealSecret, type SecretPlace } from "@/lib/server/secrets";
import { missing } from "./find";

/** The columns of connectors that hold sealed secrets. */
export type SealedColumn = "secret" | "callback_secret";

/** Where a connector's sealed secret stands. */
export function sealedPlace(rowId: string, column: SealedColumn): SecretPlace {
  return { table: "connectors", column, rowId };
}

/** A connector's credential, encrypted for its own row. */
export function sealConnectorSecret(connectorId: string, secret: string): string {
  return sealSecret(secret, sealedPlace(connectorId, "secret"));
}

/** A connector's credential in clear, for the worker that is about to send; null when it has none. */
export async function openConnectorSecret(ctx: Context, connectorId: string): Promise<string | null> {
  authorize(ctx, "system.run");
  const [row] = await ctx.db
    .select({ secret: connectors.secret })
    .from(connectors)
    .where(and(eq(connectors.id, connectorId), eq(connectors.orgId, ctx.orgId)));
  if (!row) return missing("connector", connectorId);
  return row.secret === null ? null : openSecret(row.secret, sealedPlace(connectorId, "secret"));
}

import { eq } from "drizzle-orm";
import { connectors, stops } from "@/db/schema";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { CreateConnector } from "../inputs";
import type { ConnectorView } from "../views";
import { sealConnectorSecret } from "./connector-secret";
import { keyTaken, missing } from "./find";
import { readConnectors } from "./read-connectors";
import { requireDoor, requireSameKind } from "./require-kind";

/** Makes a door to an enterprise system, with its kill switch; its secret is sealed and never shown again. Throws `key_taken`. */
export async function createConnector(ctx: Context, input: CreateConnector): Promise<ConnectorView> {
  authorize(ctx, "connectors.write");
  if (input.kind !== undefined) requireSameKind(input.kind, input.config);
  requireDoor(input);
  const id = newId("connector");
  return inTransaction(ctx, async (ctx) => {
    const [made] = await ctx.db
      .insert(connectors)
      .values({
        id,
        orgId: ctx.orgId,
        key: input.key,
        name: input.name,
        kind: input.config.kind,
        class: input.class,
        config: input.config,
        secret: input.secret === null ? null : sealConnectorSecret(id, input.secret),
      })
      .onConflictDoNothing({ target: [connectors.orgId, connectors.key] })
      .returning({ id: connectors.id });
    if (!made) return keyTaken("a connector", input.key);
    await ctx.db.insert(stops).values({ orgId: ctx.orgId, scope: "connector", scopeId: id });
    const [view] = await readConnectors(ctx, { where: eq(connectors.id, id), limit: 1 });
    await record(ctx, "connector.created", id, { key: input.key, class: input.class, version: 1 });
    return view ?? missing("connector", id);
  });
}

import { connectorActions } from "@/db/schema";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { CreateConnectorAction } from "../inputs";
import type { ChangedAction } from "../views";
import { connectorConfigOf } from "../connector-config";
import { findConnector, keyTaken } from "./find";
import { raiseVersion } from "./connector-version";
import { readAction } from "./read-connectors";
import { requireKeySent, requireReadable, requireSameKind } from "./require-kind";
import { requireActionConfig } from "./require-schema";

/** Adds an action to a connector and raises the connector's version. Throws `key_taken` and `invalid_schema`. */
export async function createConnectorAction(
  ctx: Context,
  input: CreateConnectorAction,
): Promise<ChangedAction> {
  authorize(ctx, "connectors.write");
  requireActionConfig(input.config);
  requireReadable(input.config);
  return inTransaction(ctx, async (ctx) => {
    const connector = await findConnector(ctx, input.connector);
    requireSameKind(connector.kind, input.config);
    requireKeySent(
      { class: connector.class, config: connectorConfigOf(connector) },
      { config: input.config },
    );
    const version = await raiseVersion(ctx, connector, undefined);
    const id = newId("action");
    const [made] = await ctx.db
      .insert(connectorActions)
      .values({
        id,
        orgId: ctx.orgId,
        connectorId: connector.id,
        key: input.key,
        name: input.name,
        config: input.config,
      })
      .onConflictDoNothing({ target: [connectorActions.connectorId, connectorActions.key] })
      .returning({ id: connectorActions.id });
    if (!made) return keyTaken("an action", input.key);
    const view = await readAction(ctx, id, version);
    await record(ctx, "connector_action.created", id, { connector: connector.id, key: input.key, version });
    return view;
  });
}

import { and, eq, or } from "drizzle-orm";
import { connectorActions } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { UpdateConnectorAction } from "../inputs";
import type { ChangedAction } from "../views";
import { connectorConfigOf } from "../connector-config";
import { findConnector, missing } from "./find";
import { raiseVersion } from "./connector-version";
import { readAction } from "./read-connectors";
import { requireKeySent, requireReadable, requireSameKind } from "./require-kind";
import { requireActionConfig } from "./require-schema";

/** Changes an action and raises its connector's version. Throws `stale_version` and `invalid_schema`. */
export async function updateConnectorAction(
  ctx: Context,
  input: UpdateConnectorAction,
): Promise<ChangedAction> {
  authorize(ctx, "connectors.write");
  if (input.config) {
    requireActionConfig(input.config);
    requireReadable(input.config);
  }
  return inTransaction(ctx, async (ctx) => {
    const connector = await findConnector(ctx, input.connector);
    requireSameKind(connector.kind, input.config);
    if (input.config) {
      requireKeySent(
        { class: connector.class, config: connectorConfigOf(connector) },
        { config: input.config },
      );
    }
    const action = await findAction(ctx, connector.id, input.action);
    const version = await raiseVersion(ctx, connector, input.version);
    await ctx.db
      .update(connectorActions)
      .set({ name: input.name ?? action.name, config: input.config ?? action.config })
      .where(eq(connectorActions.id, action.id));
    const { connector: _, action: __, version: ___, ...fields } = input;
    const data = { connector: connector.id, changed: Object.keys(fields), version };
    await record(ctx, "connector_action.changed", action.id, data);
    return readAction(ctx, action.id, version);
  });
}

async function findAction(ctx: Context, connectorId: string, idOrKey: string) {
  const [action] = await ctx.db
    .select()
    .from(connectorActions)
    .where(
      and(
        eq(connectorActions.orgId, ctx.orgId),
        eq(connectorActions.connectorId, connectorId),
        or(eq(connectorActions.id, idOrKey), eq(connectorActions.key, idOrKey)),
      ),
    );
  return action ?? missing("action", idOrKey);
}

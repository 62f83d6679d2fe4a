import { and, asc, desc, eq, inArray, type SQL } from "drizzle-orm";
import { connectorActions, connectors } from "@/db/schema";
import type { Context } from "@/lib/server/context";
import type { ChangedAction, ConnectorActionView, ConnectorView } from "../views";
import { actionConfigOf } from "../action-config";
import { connectorConfigOf } from "../connector-config";
import { missing } from "./find";

export type ConnectorQuery = { where: SQL | undefined; order?: SQL; limit: number };

/** Connectors with their actions as they are shown: never a secret. The caller has authorised. */
export async function readConnectors(ctx: Context, query: ConnectorQuery): Promise<ConnectorView[]> {
  const rows = await ctx.db
    .select()
    .from(connectors)
    .where(and(eq(connectors.orgId, ctx.orgId), query.where))
    .orderBy(query.order ?? desc(connectors.id))
    .limit(query.limit);
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const actions = await ctx.db
    .select()
    .from(connectorActions)
    .where(and(eq(connectorActions.orgId, ctx.orgId), inArray(connectorActions.connectorId, ids)))
    .orderBy(asc(connectorActions.key));
  const byConnector = Map.groupBy(actions, (action) => action.connectorId);
  return rows.map((row) => ({
    id: row.id,
    object: "connector",
    key: row.key,
    name: row.name,
    kind: row.kind,
    class: row.class,
    config: connectorConfigOf(row),
    has_secret: row.secret !== null,
    actions: (byConnector.get(row.id) ?? []).map(actionView),
    version: row.version,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  }));
}

/** One action as it is shown after a change that gave its connector this version; the caller has authorised. */
export async function readAction(ctx: Context, id: string, version: number): Promise<ChangedAction> {
  const [row] = await ctx.db
    .select()
    .from(connectorActions)
    .where(and(eq(connectorActions.id, id), eq(connectorActions.orgId, ctx.orgId)));
  if (!row) return missing("action", id);
  return { ...actionView(row), connector_id: row.connectorId, connector_version: version };
}

/** An action's row as it is shown. */
export function actionView(row: typeof connectorActions.$inferSelect): ConnectorActionView {
  return {
    id: row.id,
    object: "connector_action",
    key: row.key,
    name: row.name,
    config: actionConfigOf(row.config),
    created_at: row.createdAt.toISOString(),
  };
}

import { connectors } from "@/db/schema";
import type { List, ListQuery } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ConnectorView } from "../views";
import { pageRows } from "./page-rows";
import { readConnectors } from "./read-connectors";

/** The organisation's connectors with their actions, newest first. */
export async function listConnectors(ctx: Context, query: ListQuery): Promise<List<ConnectorView>> {
  authorize(ctx, "apps.read");
  return pageRows("/api/v1/connectors", query, connectors.id, (page) => readConnectors(ctx, page));
}

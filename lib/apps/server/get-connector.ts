import { eq } from "drizzle-orm";
import { connectors } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ConnectorView } from "../views";
import { findConnector, missing } from "./find";
import { readConnectors } from "./read-connectors";

/** One connector by id or key, with its actions; throws `not_found`. */
export async function getConnector(ctx: Context, input: { connector: string }): Promise<ConnectorView> {
  authorize(ctx, "apps.read");
  const { id } = await findConnector(ctx, input.connector);
  const [connector] = await readConnectors(ctx, { where: eq(connectors.id, id), limit: 1 });
  return connector ?? missing("connector", input.connector);
}

import type { Agent } from "undici";
import {
  actionConfigOf,
  hasLookup,
  type ActionConfig,
  type StoredActionConfig,
} from "@/lib/apps/action-config";
import {
  connectorConfigOf,
  type ConnectorConfig,
  type StoredConnectorConfig,
} from "@/lib/apps/connector-config";
import type { ConnectorClass, ConnectorKind } from "@/lib/apps/schema";
import { sendsKey } from "@/lib/apps/sends-key";
import { allowedPrivateHosts, strictAgent } from "@/lib/server/safe-fetch";
import { openSecret } from "@/lib/server/secrets";
import type { Connector } from "../../connector";
import { RenderError } from "../../render-request";
import { emailConnector } from "./email";
import { httpConnector } from "./http";
import { mcpConnector } from "./mcp";
import { webhookConnector } from "./webhook";

/** A connector's and an action's rows, as the claim reads them. */
export type ConnectorRow = {
  connectorId: string;
  kind: ConnectorKind;
  class: ConnectorClass;
  /** AES-256-GCM envelope of the credential. */
  secret: string | null;
  config: StoredConnectorConfig;
  actionConfig: StoredActionConfig;
};

const mostDoors = 500;
const doors = new Map<string, Connector>();
const agents = new Map<string, Agent>();

/** The door that a connector's rows describe, made once for each content. Throws when its secret cannot be opened. */
export function connectorOf(row: ConnectorRow): Connector {
  const key = JSON.stringify([
    row.connectorId,
    row.kind,
    row.class,
    row.secret,
    row.config,
    row.actionConfig,
  ]);
  const known = doors.get(key);
  if (known) return known;
  const door = doorFor(row);
  if (doors.size >= mostDoors) doors.delete(doors.keys().next().value ?? "");
  doors.set(key, door);
  return door;
}

function doorFor(row: ConnectorRow): Connector {
  const connector = connectorConfigOf(row);
  const action = actionConfigOf(row.actionConfig);
  const secret =
    row.secret === null
      ? null
      : openSecret(row.secret, { table: "connectors", column: "secret", rowId: row.connectorId });
  const common = { class: provableClass(row.class, connector, action), secret, agent: agentOf(row) };
  if (connector.kind === "http" && action.kind === "http") {
    return httpConnector({ ...common, connector, action });
  }
  if (connector.kind === "webhook" && action.kind === "webhook") {
    return webhookConnector({ ...common, connector, action });
  }
  if (connector.kind === "mcp" && action.kind === "mcp")
    return mcpConnector({ ...common, connector, action });
  if (connector.kind === "email" && action.kind === "email") {
    return emailConnector({ connector, action, secret, allowedPrivateHosts: allowedPrivateHosts() });
  }
  throw new RenderError(
    `An action of kind ${action.kind} cannot go through a connector of kind ${connector.kind}`,
  );
}

// A target recognises a repeat by our key alone: where an action sends it nowhere, whatever is unanswered is looked up,
// or a person's. Such actions are refused when they are made; rows of old may still hold one.
function provableClass(
  claimed: ConnectorClass,
  connector: ConnectorConfig,
  action: ActionConfig,
): ConnectorClass {
  if (claimed !== "A" || sendsKey(connector, action)) return claimed;
  return hasLookup(action) ? "B" : "C";
}

// Connections are kept alive per connector, never shared between two. An idle one that closes under a request leaves
// its fate open, which class C cannot find out: there every request has its own.
function agentOf({ connectorId, class: connectorClass }: ConnectorRow): Agent {
  const key = `${connectorId}/${connectorClass}`;
  const agent =
    agents.get(key) ??
    strictAgent({ allowedPrivateHosts: allowedPrivateHosts(), keepAlive: connectorClass !== "C" });
  agents.set(key, agent);
  return agent;
}

/** Closes every connection; requests under way are waited for. */
export async function closeConnectors(): Promise<void> {
  const open = [...agents.values()];
  agents.clear();
  doors.clear();
  await Promise.all(open.map((agent) => agent.close()));
}

import type { Agent } from "undici";
import type { HttpAction } from "@/lib/apps/action-config";
import type { HttpConnector } from "@/lib/apps/connector-config";
import type { ConnectorClass } from "@/lib/apps/schema";
import type { Connector } from "../../connector";
import { maskRequest } from "../../mask-request";
import { renderRequest } from "../../render-request";
import { authorisedWire } from "./authorised-wire";
import { overHttp } from "./over-http";

export type HttpDoor = {
  class: ConnectorClass;
  connector: HttpConnector;
  action: HttpAction;
  /** The credential in the clear: a token, `user:password` for basic, a key, or a client's secret. */
  secret: string | null;
  agent: Agent;
};

/** A door to a system that speaks HTTP: one action of it, described by templates (lib/apps/action-config.ts). */
export function httpConnector({ connector, action, secret, agent, ...door }: HttpDoor): Connector {
  return overHttp({
    class: door.class,
    connector,
    action,
    wire: authorisedWire({ connector, secret, agent }),
    render: (act) => renderRequest(connector.base_url, action, act),
    mask: (request) => maskRequest(request, connector),
  });
}

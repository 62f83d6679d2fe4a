import type { Agent } from "undici";
import type { WebhookAction } from "@/lib/apps/action-config";
import type { WebhookConnector } from "@/lib/apps/connector-config";
import type { ConnectorClass } from "@/lib/apps/schema";
import { strictSend } from "@/lib/server/safe-fetch";
import { signWebhook } from "@/lib/server/standard-webhooks";
import type { Connector, RenderedRequest } from "../../connector";
import { maskRequest } from "../../mask-request";
import { renderMessage, RenderError } from "../../render-request";
import type { Wire } from "./authorised-wire";
import { overHttp } from "./over-http";

export type WebhookDoor = {
  class: ConnectorClass;
  connector: WebhookConnector;
  action: WebhookAction;
  /** `whsec_…`: what signs the messages. */
  secret: string | null;
  agent: Agent;
};

/**
 * A door to a system that takes signed messages (Standard Webhooks). `webhook-id` is the action key and the bytes are
 * the same on every attempt, so that the target can drop a message it has had; only its time and signature are new.
 */
export function webhookConnector({ connector, action, secret, agent, ...door }: WebhookDoor): Connector {
  return overHttp({
    class: door.class,
    connector,
    action,
    wire: signedWire(connector, secret, agent),
    render: (act) => renderMessage(connector.base_url, action, act),
    mask(request) {
      const signature = { "webhook-timestamp": "[time of sending]", "webhook-signature": "[signature]" };
      return maskRequest({ ...request, headers: { ...request.headers, ...signature } }, { auth: "none" });
    },
  });
}

function signedWire({ timeout_ms: timeoutMs }: WebhookConnector, secret: string | null, agent: Agent): Wire {
  return {
    async write(request, { mayWrite }) {
      if (secret === null) return { kind: "not_sent", error: noSecret };
      const headers = { "user-agent": "countersign", ...request.headers, ...signatureOf(request, secret) };
      return strictSend(agent, { ...request, headers, timeoutMs, mayWrite });
    },
    requireCredential() {
      if (secret === null) throw new RenderError(noSecret);
    },
    secrets: secret === null ? [] : [secret],
  };
}

const noSecret = "The connector has no secret to sign its messages with";

function signatureOf({ actionKey, body }: RenderedRequest, secret: string) {
  const timestamp = Math.floor(Date.now() / 1000);
  return {
    "webhook-id": actionKey,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signWebhook(secret, { id: actionKey, timestamp, body: body ?? "" }),
  };
}

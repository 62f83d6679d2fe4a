import { isJsonObject, type JsonValue } from "@/lib/kernel/json";
import type { ActionConfig } from "./action-config";
import type { ConnectorConfig } from "./connector-config";

/**
 * True when every request of an action carries the action key: a target can only recognise a repeat by a key that it
 * was sent. Webhooks carry it as `webhook-id`, tools in `_meta`, mail in its Message-ID.
 */
export function sendsKey(connector: ConnectorConfig, action: ActionConfig): boolean {
  if (action.kind !== "http") return true;
  const isSigned = "auth" in connector && connector.auth === "hmac" && connector.hmac?.id_header != null;
  return (
    isSigned ||
    action.key_header !== null ||
    action.path.includes("{key}") ||
    [action.body, action.query, action.argument_headers].some(holdsKey)
  );
}

function holdsKey(template: JsonValue): boolean {
  if (Array.isArray(template)) return template.some(holdsKey);
  if (!isJsonObject(template)) return false;
  const entries = Object.entries(template);
  const [only] = entries;
  if (entries.length === 1 && only && only[0] === "$key" && only[1] === true) return true;
  return entries.some(([, value]) => holdsKey(value));
}

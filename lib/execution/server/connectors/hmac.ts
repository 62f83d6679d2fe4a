import { createHmac } from "node:crypto";
import type { HmacAuth } from "@/lib/apps/connector-config";
import type { RenderedRequest } from "../../connector";

/**
 * The headers that sign a request: HMAC over `config.content` with the secret, sent as `config.format` says. In both,
 * {timestamp} is unix seconds, {id} the action key, {method}, {path} (with its query) and {body} the request as sent.
 */
export function hmacHeaders(
  config: HmacAuth,
  secret: string,
  request: RenderedRequest,
  timestamp: number,
): Record<string, string> {
  const values: Record<string, string> = {
    timestamp: String(timestamp),
    id: request.actionKey,
    method: request.method,
    path: request.path,
    body: request.body ?? "",
  };
  const signature = createHmac(config.algorithm, keyOf(config, secret))
    .update(filled(config.content, values), "utf8")
    .digest(config.encoding);
  return {
    [config.header.toLowerCase()]: filled(config.format, { ...values, signature }),
    ...(config.timestamp_header === null
      ? {}
      : { [config.timestamp_header.toLowerCase()]: String(timestamp) }),
    ...(config.id_header === null ? {} : { [config.id_header.toLowerCase()]: request.actionKey }),
  };
}

function keyOf({ key_encoding: encoding }: HmacAuth, secret: string): Buffer {
  return Buffer.from(encoding === "base64" ? secret.replace(/^whsec_/, "") : secret, encoding);
}

// One pass: a body that holds {timestamp} stays as it is.
function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(
    /\{(timestamp|id|method|path|body|signature)\}/g,
    (place, name: string) => values[name] ?? place,
  );
}

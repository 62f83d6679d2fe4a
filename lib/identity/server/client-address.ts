import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

const variable = "COUNTERSIGN_PEER_HEADER";

/**
 * For our own server, before anything else sees a request: notes the caller's network address in a header whose name
 * only this process knows, so that no caller can write it. Behind a proxy (COUNTERSIGN_TRUST_PROXY=1) the address is
 * the last one of X-Forwarded-For, which is the proxy's own word.
 */
export function notePeer(request: IncomingMessage): void {
  process.env[variable] ??= `x-peer-${randomBytes(16).toString("hex")}`;
  const forwarded = request.headers["x-forwarded-for"];
  const last = String(forwarded ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  const behindProxy = process.env.COUNTERSIGN_TRUST_PROXY === "1" && last;
  request.headers[process.env[variable]] = behindProxy ? last : (request.socket.remoteAddress ?? "");
}

/** The caller's network address for limits, or null when our own server did not note it. */
export function clientAddress(headers: Pick<Headers, "get">): string | null {
  const name = process.env[variable];
  return name ? headers.get(name) || null : null;
}

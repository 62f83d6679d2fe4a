import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";

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

/** The caller's network for limits (see {@link networkOf}), or null when our own server did not note it. */
export function clientAddress(headers: Pick<Headers, "get">): string | null {
  const name = process.env[variable];
  const address = name ? headers.get(name) : null;
  return address ? networkOf(address) : null;
}

/**
 * What one caller cannot change at will: an IPv4 address in one spelling, of an IPv6 address the first 64 bits, since
 * whoever has one address of such a network has them all.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`;
}

import { createHmac, timingSafeEqual } from "node:crypto";
import { origin } from "@/lib/server/origin";
import { secretOf } from "./secret";

/** True when people reach us over TLS; decides the cookie's name and its Secure flag. */
export function overTls(): boolean {
  return origin().startsWith("https:");
}

/** `__Host-` ties the cookie to this host and to TLS; without TLS a browser would drop it. */
export function sessionCookieName(): string {
  return overTls() ? "__Host-countersign.session" : "countersign.session";
}

const header = base64url(JSON.stringify({ alg: "HS256", typ: "JWT" }));

/** The session's cookie: a signed JWT whose only claim is the random session id. All else is read from the database. */
export function signSid(sid: string): string {
  const body = `${header}.${base64url(JSON.stringify({ sid }))}`;
  return `${body}.${signature(body)}`;
}

/** The session id in a cookie that we signed, else undefined. The algorithm is ours, never the token's to choose. */
export function readSid(token: string | null | undefined): string | undefined {
  if (!token || token.length > 1024) return undefined;
  const [head, payload, given, extra] = token.split(".");
  if (head !== header || !payload || !given || extra !== undefined) return undefined;
  const expected = Buffer.from(signature(`${head}.${payload}`));
  const presented = Buffer.from(given);
  if (expected.length !== presented.length || !timingSafeEqual(expected, presented)) return undefined;
  const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
  if (typeof claims !== "object" || claims === null || !("sid" in claims)) return undefined;
  return typeof claims.sid === "string" ? claims.sid : undefined;
}

/** The value of one cookie in a Cookie header. */
export function cookieValue(cookieHeader: string | null, name: string): string | undefined {
  for (const pair of (cookieHeader ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

function signature(body: string): string {
  return createHmac("sha256", secretOf("session")).update(body).digest("base64url");
}

function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}

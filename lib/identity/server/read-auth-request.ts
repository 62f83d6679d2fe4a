import { NextRequest } from "next/server";
import { DomainError } from "@/lib/kernel/errors";
import { isOwnOrigin, origin } from "@/lib/server/origin";
import { bodyText, parseJson } from "@/lib/server/read-json";
import { incomingOf } from "@/lib/server/serve";

/** A sign-in is an address, a password and a token. */
const mostBytes = 16 * 1024;

/**
 * The request as next-auth may have it, its body read within a limit. Throws for what would change something and comes
 * from another site, and for what the library itself answers with a failure of the server though the caller sent it.
 */
export async function readAuthRequest(request: NextRequest): Promise<NextRequest> {
  const { pathname, searchParams } = new URL(request.url);
  if (request.method === "GET") {
    if (pathname.endsWith("/callback/password")) throw notThisWay();
  } else if (!isOwnOrigin(request.headers.get("origin"))) throw foreign();
  const address = searchParams.get("callbackUrl");
  if (address !== null && !isAddress(address)) throw unreadable("callbackUrl is not an address");
  // The library repeats these two in a header of its answer.
  if (![decoded(pathname), ...searchParams.getAll("error")].every(isHeaderText))
    throw unreadable("The address holds what no header can");
  const body = request.method === "POST" ? await readBody(request) : undefined;
  // Made from its parts: what Next gives a route is a proxy, which no Request is made from.
  const read = new NextRequest(request.url, { method: request.method, headers: request.headers, body });
  // A cookie lies in its browser for long: one that is spoilt is passed over, or it would keep its person out.
  for (const { name, value } of read.cookies.getAll())
    if (name.endsWith("callback-url") && !isAddress(value)) read.cookies.delete(name);
  return read;
}

async function readBody(request: NextRequest): Promise<string> {
  const body = bodyText(await incomingOf(request, {}, mostBytes).body(), mostBytes);
  if (request.headers.get("content-type")?.includes("application/json")) parseJson(body);
  return body;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw unreadable("The address is not UTF-8");
  }
}

function isAddress(text: string): boolean {
  const url = URL.parse(text, text.startsWith("/") ? origin() : undefined);
  return url !== null && /^https?:$/.test(url.protocol);
}

function isHeaderText(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

function foreign(): DomainError {
  return new DomainError("forbidden", "The request came from another site.", { code: "foreign_origin" });
}

function notThisWay(): DomainError {
  return new DomainError("not_allowed", "Sign in with POST.", { code: "method_not_allowed" });
}

function unreadable(message: string): DomainError {
  return new DomainError("malformed", message);
}

import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { json, problem, type Outgoing } from "./handle";
import { isOwnOrigin, origin } from "./origin";
import { commonHeaders, securityHeaders } from "./security-headers";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/**
 * What our own server does with a request before anything else sees it. Answers, and returns true, what no page and no
 * door can read: another method, a path that is no text, a server action from elsewhere, readiness while it stops.
 * Everything else goes on with an address of one form and a forwarded host that is ours: a caller's own is no word of
 * the proxy's, and a proxy that passes none on must not make every action look foreign.
 */
export function frontDoor(door: { isStopping: () => boolean }) {
  const ownHost = new URL(origin()).host;
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const isStopping = door.isStopping();
    // Whoever keeps a connection open finds the next server the sooner.
    if (isStopping) response.setHeader("Connection", "close");
    const outgoing = answerOf(request, localPath(request), isStopping);
    if (outgoing) {
      send(request, response, outgoing);
      return true;
    }
    const { origin: from } = request.headers;
    // Next compares it with the Origin of a server action. Which origins are ours is our own word in any case.
    request.headers["x-forwarded-host"] =
      from !== undefined && isOwnOrigin(from) ? new URL(from).host : ownHost;
    return false;
  };
}

/** The headers that every answer has, for those that Next gives before it has asked the proxy: redirects and failures. */
export function setCommonHeaders(): (response: ServerResponse) => void {
  const headers = Object.entries(commonHeaders({ https: overTls() }));
  return (response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
  };
}

/**
 * Ends every request to change protocols: nothing here speaks another one, and such a connection is under none of the
 * server's time limits.
 */
export function refuseUpgrades(server: Server): void {
  server.on("upgrade", (_request, socket) => {
    socket.on("error", () => undefined);
    socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", () =>
      socket.destroy(),
    );
  });
}

/** The path of a request; `http://…/path`, as a proxy may send it, is rewritten to the path alone. */
function localPath(request: IncomingMessage): string {
  const url = request.url ?? "/";
  if (!url.startsWith("/") && url !== "*") {
    const target = URL.parse(url);
    request.url = target ? target.pathname + target.search : "/";
  }
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

function answerOf(request: IncomingMessage, path: string, isStopping: boolean): Outgoing | undefined {
  const refuse = (error: DomainError) => problem(error, newId("request"), path);
  if (!methods.includes(request.method ?? "")) {
    const code = "method_not_allowed";
    const refused = refuse(new DomainError("not_allowed", "Nothing answers to this method.", { code }));
    return { ...refused, headers: { ...refused.headers, Allow: methods.join(", ") } };
  }
  if (isStopping && path === "/api/ready") return json(503, { status: "stopping" });
  if (!isText(path)) {
    if (path.startsWith("/api/"))
      return refuse(new DomainError("not_found", "There is nothing at this address."));
    request.url = "/_not-found";
  }
  if (request.headers["next-action"] !== undefined && !isOwnOrigin(request.headers.origin)) {
    const code = "foreign_origin";
    return refuse(new DomainError("forbidden", "The request came from another site.", { code }));
  }
  return undefined;
}

function isText(path: string): boolean {
  if (!path.includes("%")) return true;
  try {
    return !decodeURIComponent(path).includes("\u0000");
  } catch {
    return false; // half a character, or a percent sign alone
  }
}

/** Answers in place of pages and doors, with their headers. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Outgoing,
): void {
  if (!request.complete) response.setHeader("Connection", "close");
  response.writeHead(status, {
    ...securityHeaders("api", { nonce: "", mode: "production", https: overTls() }),
    ...headers,
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

function overTls(): boolean {
  return origin().startsWith("https:");
}

import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { openStore, type Entry, type Store } from "./store";

export type MailboxOptions = { port: number; dataDir: string; apiKey: string };
type Answer = { status: number; body: unknown; headers?: Record<string, string> };

const bodyLimit = 64 * 1024;

/**
 * A small mail system of its own: it keeps messages away from their readers when asked to, and gives them back. It
 * dedupes by Idempotency-Key for good, refuses to quarantine a message twice or to release one that is not held, and
 * can be asked what it did.
 */
export async function startMailbox(
  options: MailboxOptions,
): Promise<{ url: string; close: () => Promise<void> }> {
  const store = openStore(options.dataDir);
  const server = createServer((request, response) => {
    answer(request, store, options.apiKey)
      .catch((error: unknown) =>
        failure(400, "invalid_request", error instanceof Error ? error.message : "unreadable"),
      )
      .then(
        (result) => send(response, result),
        () => response.destroy(),
      );
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        store.close();
        resolve();
      });
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, close };
}

async function answer(request: IncomingMessage, store: Store, apiKey: string): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (!isAuthorised(request, apiKey))
    return failure(401, "unauthorized", "Send Authorization: Bearer <key>.");
  const kind = kindAt[url.pathname];
  if (!kind) return failure(404, "not_found", "There is nothing here.");
  if (request.method === "GET") return { status: 200, body: listOf(store, kind, url) };
  if (request.method !== "POST") return failure(405, "method_not_allowed", "GET or POST.");
  return act(store, kind, await readJson(request), headerOf(request, "idempotency-key"));
}

type Kind = "quarantine" | "release";
const kindAt: Record<string, Kind> = { "/v1/quarantine": "quarantine", "/v1/releases": "release" };
const kindOf = ({ kind = "quarantine" }: Entry): Kind => kind;

function listOf(store: Store, kind: Kind, url: URL) {
  const actionKey = url.searchParams.get("action_key");
  const found = store.all().filter((entry) => kindOf(entry) === kind);
  const asked =
    actionKey === null ? found.slice(-100) : found.filter((entry) => entry.action_key === actionKey);
  return { object: "list", data: asked.map(viewOf) };
}

function act(store: Store, kind: Kind, body: Record<string, unknown>, key: string | null): Answer {
  const messageId = body.message_id;
  if (typeof messageId !== "string" || messageId === "")
    return failure(400, "invalid_request", "message_id is required.");
  const repeated = key === null ? undefined : store.byKey(key);
  if (repeated) {
    if (repeated.message_id !== messageId || kindOf(repeated) !== kind)
      return failure(400, "idempotency_error", "This key was used for something else.");
    return { status: 200, body: viewOf(repeated), headers: { "Idempotent-Replayed": "true" } };
  }
  const refusal = refusalOf(kind, messageId, store.byMessage(messageId));
  if (refusal) return refusal;
  const metadata = body.metadata as { action_key?: unknown } | undefined;
  const actionKey = typeof metadata?.action_key === "string" ? metadata.action_key : null;
  const entry: Entry = {
    id: `${kind === "quarantine" ? "qua" : "rel"}_${randomBytes(10).toString("hex")}`,
    kind,
    message_id: messageId,
    action_key: actionKey,
    key,
    created: Math.floor(Date.now() / 1000),
  };
  store.add(entry);
  return { status: 201, body: viewOf(entry) };
}

function refusalOf(kind: Kind, messageId: string, last: Entry | undefined): Answer | null {
  const isHeld = last !== undefined && kindOf(last) === "quarantine";
  if (kind === "quarantine" && isHeld)
    return failure(422, "already_quarantined", `${messageId} is in quarantine already.`);
  if (kind === "release" && !isHeld)
    return failure(422, "not_quarantined", `${messageId} is not in quarantine.`);
  return null;
}

function viewOf(entry: Entry) {
  const kind = kindOf(entry);
  return {
    id: entry.id,
    object: kind,
    status: kind === "quarantine" ? "quarantined" : "released",
    message_id: entry.message_id,
    created: entry.created,
    metadata: { action_key: entry.action_key },
  };
}

function failure(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

function isAuthorised(request: IncomingMessage, apiKey: string): boolean {
  const given = Buffer.from(headerOf(request, "authorization") ?? "");
  const wanted = Buffer.from(`Bearer ${apiKey}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > bodyLimit) throw new Error("the body is too large");
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) throw new Error("a JSON object is expected");
  return value as Record<string, unknown>;
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers });
  response.end(JSON.stringify(body));
}

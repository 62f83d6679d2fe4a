import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Refusal } from "./domain/types";
import { listEffects, listRecords } from "./lists";
import { openStore, type Store } from "./store";

export type RetailOptions = {
  /** The folder of orders.json, users.json and products.json. */
  dataDir: string;
  /** Where it keeps what happened. An empty one starts from the data afresh. */
  storeDir: string;
  /** 0 takes a free port; the server listens on 127.0.0.1 only. */
  port: number;
  apiKey: string;
};

export type Retail = { url: string; close: () => Promise<void> };
type Answer = { status: number; body: unknown };

const bodyLimit = 256 * 1024;
const statuses = { invalid: 400, not_found: 404, refused: 422 } as const;

/**
 * A shop's system of its own: orders and users that can be read and changed, and what was done, by the caller's
 * reference. It does not dedupe: the same request twice acts twice, where its rules let it.
 */
export async function startRetail(options: RetailOptions): Promise<Retail> {
  const store = openStore(options.dataDir, options.storeDir);
  const server = createServer((request, response) => {
    answer(request, store, options.apiKey)
      .catch(failureOf)
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
  const { port } = server.address() as AddressInfo; // it listens on a port
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server, store) };
}

async function closeServer(server: Server, store: Store): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const impatience = setTimeout(() => server.closeAllConnections(), 3000);
  await closed;
  clearTimeout(impatience);
  store.close();
}

async function answer(request: IncomingMessage, store: Store, apiKey: string): Promise<Answer> {
  const url = URL.parse(request.url ?? "/", "http://localhost");
  if (!url) throw new Refusal("not_found", "there is nothing here");
  if (!isAuthorised(request, apiKey)) {
    return failure(401, "unauthorized", "Error: send Authorization: Bearer <key>");
  }
  const query = url.searchParams;
  const [place = "", name = "", ...rest] = url.pathname.slice(1).split("/").map(decodeURIComponent);
  if (rest.length > 0) throw new Refusal("not_found", "there is nothing here");
  if (request.method === "POST" && place === "actions") {
    const reference = referenceOf(request);
    return { status: 200, body: store.act(name, await readJson(request), reference) };
  }
  if (request.method !== "GET") return failure(405, "method_not_allowed", "Error: GET, or POST an action");
  if (place === "effects" && name === "") {
    return { status: 200, body: listEffects(store.effects(), query) };
  }
  const records = recordsOf(store, place);
  return { status: 200, body: name === "" ? listRecords(records, query) : recordOf(records, place, name) };
}

function recordsOf({ shop }: Store, place: string): ReadonlyMap<string, unknown> {
  if (place === "orders" || place === "users" || place === "products") return shop[place];
  throw new Refusal("not_found", "there is nothing here");
}

function recordOf(records: ReadonlyMap<string, unknown>, place: string, id: string): unknown {
  const record = records.get(id);
  if (record === undefined) throw new Refusal("not_found", `${place.replace(/s$/, "")} not found`);
  return record;
}

function referenceOf(request: IncomingMessage): string | null {
  const reference = request.headers["x-reference"];
  if (reference === undefined) return null;
  if (typeof reference === "string" && /^[\x21-\x7e]{1,255}$/.test(reference)) return reference;
  throw new Refusal("invalid", "X-Reference must be 1 to 255 visible ASCII characters");
}

function failureOf(error: unknown): Answer {
  if (error instanceof Refusal) return failure(statuses[error.code], error.code, error.message);
  if (error instanceof URIError) return failure(404, "not_found", "Error: there is nothing here");
  process.emitWarning(`retail: a request failed: ${String(error)}`);
  return failure(500, "api_error", "Error: something went wrong on our side");
}

function failure(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

function isAuthorised({ headers }: IncomingMessage, apiKey: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(headers.authorization ?? ""), digest(`Bearer ${apiKey}`));
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  // A character may come in two pieces.
  const decoder = new TextDecoder();
  // Leaving the loop must not destroy the socket: the refusal still has to be written on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    text += decoder.decode(chunk as Buffer, { stream: true });
    if (text.length > bodyLimit) throw new Refusal("invalid", "the body is too large");
  }
  const value = parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Refusal("invalid", "the body must be a JSON object");
  }
  return value as Record<string, unknown>; // a JSON object
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("invalid", "the body is not valid JSON");
  }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  response.end(JSON.stringify(body));
}

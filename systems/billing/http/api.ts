import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { BillingError, invalid } from "../domain/errors";
import { newId } from "../domain/ids";
import type { Store } from "../store/execute";
import { parseForm, readParameters } from "./parse";
import { findRoute } from "./routes";

export type ServerOptions = { store: Store; apiKey: string; latencyMs: number; allowedHosts: string[] };

/** Answers one request under /v1 in Stripe's manner. Whatever goes wrong becomes a JSON error. */
export async function answerApi(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) {
  const requestId = newId("req");
  response.setHeader("Request-Id", requestId);
  try {
    authenticate(options.apiKey, request.headers.authorization);
    if (options.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, options.latencyMs));
    await dispatch(options.store, request, response, url, requestId);
  } catch (error) {
    sendError(response, error, requestId);
  }
}

async function dispatch(
  store: Store,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  requestId: string,
): Promise<void> {
  const { get, post } = findRoute(store, request.method ?? "", url.pathname);
  if (get) return sendJson(response, 200, await get(parseForm(url.search)));
  if (!post) return;
  const sent = idempotencyKey(request);
  const parameters = await readParameters(request);
  const key = sent ?? newId("auto");
  const caller = { requestId, key, keySent: sent !== undefined, path: url.pathname };
  const { status, body, replayed } = await post(caller, parameters);
  if (sent !== undefined) response.setHeader("Idempotency-Key", sent);
  if (replayed) response.setHeader("Idempotent-Replayed", "true");
  sendJson(response, status, body);
}

function idempotencyKey({ headers }: IncomingMessage): string | undefined {
  const key = headers["idempotency-key"];
  if (key === undefined) return undefined;
  // Keys made here (`auto_`, and the page's) must not be reachable from outside.
  if (typeof key === "string" && /^[\x21-\x7e]{1,255}$/.test(key) && !/^(auto|page)_/.test(key)) return key;
  throw invalid(
    "parameter_invalid",
    "Idempotency-Key must be 1 to 255 visible ASCII characters.",
    "Idempotency-Key",
  );
}

/** Bearer, or Basic with the key as the user name, as Stripe takes it. Throws 401. */
function authenticate(apiKey: string, header: string | undefined): void {
  const [scheme = "", credentials = ""] = (header ?? "").split(" ");
  const given =
    scheme.toLowerCase() === "basic"
      ? Buffer.from(credentials, "base64").toString("utf8").split(":")[0]
      : scheme.toLowerCase() === "bearer"
        ? credentials
        : "";
  const digest = (text: string) => createHash("sha256").update(text).digest();
  if (given && timingSafeEqual(digest(given), digest(apiKey))) return;
  throw new BillingError({
    status: 401,
    type: "invalid_request_error",
    message: given
      ? "Invalid API Key provided."
      : "You did not provide an API key: send Authorization: Bearer KEY.",
  });
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  response.end(`${JSON.stringify(body, null, 2)}\n`);
}

function sendError(response: ServerResponse, error: unknown, requestId: string): void {
  if (response.headersSent) return void response.destroy();
  if (error instanceof BillingError) {
    const { status } = error.detail;
    if (status === 401) response.setHeader("WWW-Authenticate", 'Bearer realm="billing"');
    // The rest of a refused body is not read: the connection cannot be used again.
    if (status === 413) response.setHeader("Connection", "close");
    return sendJson(response, status, error.body);
  }
  process.emitWarning(`billing: ${requestId} failed: ${String(error)}`);
  const message = "Something went wrong on our side. The same Idempotency-Key may be used to try again.";
  sendJson(response, 500, { error: { type: "api_error", message } });
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answerPage } from "../pages/answer";
import { answerApi, sendJson, type ServerOptions } from "./api";

/** The HTTP server, not yet listening: /v1 is the API, /health a probe, the rest pages. */
export function createBillingServer(options: ServerOptions): Server {
  const server = createServer((request, response) => {
    void answer(options, request, response);
  });
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  return server;
}

async function answer(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader("X-Content-Type-Options", "nosniff");
  const url = urlOf(request);
  if (!url)
    return sendJson(response, 400, { error: { type: "invalid_request_error", message: "Invalid URL." } });
  if (url.pathname === "/health") return sendJson(response, 200, { status: "ok" });
  if (url.pathname.startsWith("/v1/")) return answerApi(options, request, response, url);
  return answerPage(options, request, response, url);
}

function urlOf({ url }: IncomingMessage): URL | undefined {
  const path = url?.startsWith("/") ? url : "/";
  return URL.canParse(path, "http://billing.invalid") ? new URL(path, "http://billing.invalid") : undefined;
}

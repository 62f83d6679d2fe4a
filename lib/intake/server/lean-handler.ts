import type { IncomingMessage, ServerResponse } from "node:http";
import { getDecisionEndpoint, waitForDecisionEndpoint } from "@/lib/decisions/schema";
import { getDecision } from "@/lib/decisions/server/get-decision";
import { waitForDecision } from "@/lib/decisions/server/wait-for-decision";
import { apiContext } from "@/lib/identity/server/api-context";
import { newId } from "@/lib/kernel/ids";
import { handle, problem, type Incoming, type Outgoing } from "@/lib/server/handle";
import { jsonLimits, tooLarge } from "@/lib/server/read-json";
import { securityHeaders } from "@/lib/server/security-headers";
import { answerBatch, batchBytes } from "./answer-batch";
import { answerSubmit } from "./answer-submit";

type Answer = (incoming: Incoming) => Promise<Outgoing>;

const single = /^\/api\/v1\/decisions\/(dec_[0-9a-z]{1,60})(\/wait)?$/;
const apiHeaders = securityHeaders("api", { nonce: "", mode: "production", https: false });

/**
 * Answers the machine-to-machine calls that come in thousands (submit, batch, get, wait) before Next sees them: the
 * same functions as behind the Next routes, without the millisecond a route handler costs. Returns false for
 * everything else, untouched.
 */
export function leanHandler(request: IncomingMessage, response: ServerResponse): boolean {
  const url = request.url ?? "/";
  const cut = url.indexOf("?");
  const path = cut === -1 ? url : url.slice(0, cut);
  const answer = answerOf(request.method ?? "GET", path);
  if (!answer) return false;
  void reply(request, response, answer);
  return true;
}

type Door = { answer: Answer; params: Record<string, string>; limit: number };

function answerOf(method: string, path: string): Door | undefined {
  if (method === "POST" && path === "/api/v1/decisions")
    return { answer: answerSubmit, params: {}, limit: jsonLimits.bytes };
  if (method === "POST" && path === "/api/v1/decisions/batch")
    return { answer: answerBatch, params: {}, limit: batchBytes };
  const match = method === "GET" ? single.exec(path) : null;
  if (!match?.[1]) return undefined;
  const params = { decision: match[1] };
  const answer: Answer = match[2]
    ? (incoming) => handle(waitForDecisionEndpoint, apiContext, waitForDecision, incoming)
    : (incoming) => handle(getDecisionEndpoint, apiContext, getDecision, incoming);
  return { answer, params, limit: jsonLimits.bytes };
}

async function reply(request: IncomingMessage, response: ServerResponse, door: Door): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const outgoing = await door
    .answer({
      method: request.method ?? "GET",
      url,
      header: (name) => headerOf(request, name),
      params: door.params,
      body: () => readBody(request, door.limit),
    })
    .catch((error: unknown) => problem(error, newId("request"), url.pathname));
  if (response.destroyed) return;
  // What is left of a body that was refused unread would be taken for the next request.
  if (!request.complete) response.setHeader("Connection", "close");
  response.writeHead(outgoing.status, {
    ...apiHeaders,
    ...outgoing.headers,
    "Content-Length": Buffer.byteLength(outgoing.body),
  });
  response.end(outgoing.body);
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}

async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  // A body that is given up half-way must not destroy the socket its refusal still has to travel on.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Buffer;
    size += bytes.byteLength;
    if (size > limit) throw tooLarge(limit);
    chunks.push(bytes);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

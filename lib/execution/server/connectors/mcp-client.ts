import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import { parseJson } from "@/lib/server/read-json";
import type { WireAnswer } from "@/lib/server/safe-fetch";
import type { RenderedRequest } from "../../connector";
import { headerText } from "./answer-of";
import type { Wire, Writing } from "./authorised-wire";

/** What we speak, and what older servers may answer with. */
const protocolVersion = "2025-11-25";
const knownVersions = new Set([protocolVersion, "2025-06-18", "2025-03-26"]);

export type Session = { version: string; sessionId: string | null };
type Opened = { ok: true; session: Session } | { ok: false; error: string };

/** One JSON-RPC message as a request to a server's address. */
export function rpcRequest(baseUrl: string, actionKey: string, message: JsonObject): RenderedRequest {
  const { origin, pathname } = new URL(baseUrl);
  return {
    method: "POST",
    origin,
    path: pathname,
    headers: { accept: "application/json, text/event-stream", "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", ...message }),
    actionKey,
  };
}

/** Opens a session with an MCP server (streamable HTTP). Nothing of it can act, so it may be asked again at any time. */
export async function openSession(wire: Wire, baseUrl: string, timeoutMs: number): Promise<Opened> {
  const reading: Writing = { mayWrite: () => true, isRepeatable: true, timeoutMs };
  const hello = rpcRequest(baseUrl, "", {
    id: "initialize",
    method: "initialize",
    params: {
      protocolVersion,
      capabilities: {},
      clientInfo: { name: "countersign", version: "1" },
    },
  });
  const answer = await wire.write(hello, reading);
  if (answer.kind !== "response") return closed(answer.error);
  if (answer.status !== 200) return closed(`it answered ${answer.status}`);
  const reply = replyIn(answer, "initialize");
  const result = reply && isJsonObject(reply.result) ? reply.result : null;
  const version = result?.protocolVersion;
  if (typeof version !== "string") return closed("its greeting cannot be read");
  if (!knownVersions.has(version)) return closed(`it speaks version ${version.slice(0, 40)} only`);
  const sessionId = headerText(answer.headers["mcp-session-id"]) ?? null;
  if (sessionId !== null && !/^[\x21-\x7e]{1,500}$/.test(sessionId)) return closed("its session id is odd");
  const session = { version, sessionId };
  const ready = rpcRequest(baseUrl, "", { method: "notifications/initialized" });
  const told = await wire.write(inSession(ready, session), reading);
  if (told.kind !== "response" || told.status >= 300) return closed("it did not take that we are ready");
  return { ok: true, session };
}

/** A request with the headers of its session. */
export function inSession(request: RenderedRequest, { version, sessionId }: Session): RenderedRequest {
  return {
    ...request,
    headers: {
      ...request.headers,
      "mcp-protocol-version": version,
      ...(sessionId === null ? {} : { "mcp-session-id": sessionId }),
    },
  };
}

/** Tells the server that a session is over; it need not answer. */
export function closeSession(wire: Wire, baseUrl: string, session: Session): void {
  if (session.sessionId === null) return;
  const { origin, pathname: path } = new URL(baseUrl);
  const farewell = { method: "DELETE", origin, path, headers: {}, body: null, actionKey: "" };
  void wire.write(inSession(farewell, session), {
    mayWrite: () => true,
    isRepeatable: false,
    timeoutMs: 1000,
  });
}

/**
 * The JSON-RPC reply of that id in an answer, which is JSON or a stream of events; undefined when there is none. An
 * error without an id is of a request whose id could not be read.
 */
export function replyIn(
  answer: Extract<WireAnswer, { kind: "response" }>,
  id: string,
): JsonObject | undefined {
  const type = headerText(answer.headers["content-type"]) ?? "";
  const texts = /^text\/event-stream\b/i.test(type) ? eventsIn(answer.text) : [answer.text];
  const messages = texts
    .map(jsonIn)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isJsonObject);
  return (
    messages.find((message) => message.id === id && ("result" in message || "error" in message)) ??
    messages.find((message) => message.id === null && "error" in message)
  );
}

/** The data of each server-sent event. */
function eventsIn(text: string): string[] {
  return text
    .split(/\r\n\r\n|\n\n|\r\r/)
    .map((event) =>
      event
        .split(/\r\n|\n|\r/)
        .flatMap((line) => (line.startsWith("data:") ? line.slice(5).replace(/^ /, "") : []))
        .join("\n"),
    )
    .filter((data) => data !== "");
}

function jsonIn(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function closed(why: string): Opened {
  return { ok: false, error: `No session with the MCP server: ${why}` };
}

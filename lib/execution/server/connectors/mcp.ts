import type { Agent } from "undici";
import type { McpAction } from "@/lib/apps/action-config";
import type { McpConnector } from "@/lib/apps/connector-config";
import type { ConnectorClass } from "@/lib/apps/schema";
import type { JsonValue } from "@/lib/kernel/json";
import { classifyLookup } from "../../classify-answer";
import { classifyToolAnswer, toolResult } from "../../classify-tool-answer";
import type { Act, Answer, Connector, LookedUp, RenderedRequest } from "../../connector";
import { maskRequest } from "../../mask-request";
import { fillTemplate, RenderError } from "../../render-request";
import { answerOf } from "./answer-of";
import { authorisedWire, type Wire } from "./authorised-wire";
import { closeSession, inSession, openSession, replyIn, rpcRequest } from "./mcp-client";
import { successOf, timesOf } from "./over-http";

export type McpDoor = {
  class: ConnectorClass;
  connector: McpConnector;
  action: McpAction;
  secret: string | null;
  agent: Agent;
};

/** A door to a tool of a remote MCP server. Opening a session cannot act; only `tools/call` can. */
export function mcpConnector({ connector, action, secret, agent, ...door }: McpDoor): Connector {
  const wire = authorisedWire({ connector, secret, agent });
  const isSuccess = successOf(action.success_schema);
  const { lookup } = action;
  return {
    ...timesOf(connector),
    class: door.class,
    canLookUp: lookup !== null,
    reportWithinMs: action.reports_back ? action.report_within_seconds * 1000 : null,
    prepare(act) {
      wire.requireCredential();
      return callRequest(connector, action, act);
    },
    // The transport says that what it cannot accept is answered 4xx: a 401 comes before the tool.
    send: (request, mayWrite) => call(wire, connector, request, mayWrite),
    classify: (answer, { first }) => classifyToolAnswer(answer, { ...action, isSuccess, first }),
    async lookup(act) {
      if (!lookup) throw new RenderError("This action has no look-up");
      const request = callRequest(connector, lookup, act);
      const answer = await call(wire, connector, request, () => true);
      return { lookedUp: lookedUpIn(answer, lookup), request, answer };
    },
    mask: (request) => maskRequest(request, connector),
    read: () => Promise.reject(new RenderError("An MCP server has no address to read")),
  };
}

function callRequest(
  { base_url: base }: McpConnector,
  { tool, arguments: template }: { tool: string; arguments: JsonValue },
  act: Act,
): RenderedRequest {
  const filled = fillTemplate(template, act) ?? {};
  if (typeof filled !== "object" || filled === null || Array.isArray(filled)) {
    throw new RenderError("A tool's arguments must be an object");
  }
  return rpcRequest(base, act.actionKey, {
    id: act.actionKey,
    method: "tools/call",
    params: { name: tool, arguments: filled, _meta: { "countersign/action_key": act.actionKey } },
  });
}

async function call(
  wire: Wire,
  { base_url: base, timeout_ms: timeoutMs }: McpConnector,
  request: RenderedRequest,
  mayWrite: () => boolean,
): Promise<Answer> {
  // Greeting, readiness and the call stay within three request lives, the least a lease is.
  const opened = await openSession(wire, base, Math.ceil(timeoutMs / 2));
  if (!opened.ok) return answerOf({ kind: "not_sent", error: opened.error }, wire.secrets);
  const answer = await wire.write(inSession(request, opened.session), { mayWrite, isRepeatable: true });
  closeSession(wire, base, opened.session);
  if (answer.kind !== "response") return answerOf(answer, wire.secrets);
  const reply = replyIn(answer, request.actionKey);
  // The reply alone, out of whatever stream it came in; what replies to something else is not ours to read.
  const read = answerOf(reply ? { ...answer, text: JSON.stringify(reply) } : answer, wire.secrets);
  return reply || read.kind !== "response" ? read : { ...read, body: undefined };
}

function lookedUpIn(answer: Answer, lookup: NonNullable<McpAction["lookup"]>): LookedUp {
  if (answer.kind !== "response") return { outcome: "ambiguous", error: answer.error };
  const result = toolResult(answer.body);
  if (result.kind !== "result")
    return { outcome: "ambiguous", error: "The look-up tool answered with an error" };
  return classifyLookup({ ...answer, body: result.value }, lookup);
}

import { connectorConfigOf, type McpConnector } from "@/lib/apps/connector-config";
import { findConnector } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { allowedPrivateHosts, strictAgent } from "@/lib/server/safe-fetch";
import { openSecret } from "@/lib/server/secrets";
import type { ToolList, ToolView } from "../tools";
import { answerOf } from "./connectors/answer-of";
import { authorisedWire, type Wire } from "./connectors/authorised-wire";
import {
  closeSession,
  inSession,
  openSession,
  replyIn,
  rpcRequest,
  type Session,
} from "./connectors/mcp-client";

const mostPages = 10;

/** The tools an MCP server says it has. Throws `system_unreachable` when it cannot be asked. */
export async function listTools(ctx: Context, input: { connector: string }): Promise<ToolList> {
  authorize(ctx, "connectors.write");
  const row = await findConnector(ctx, input.connector);
  const connector = connectorConfigOf(row);
  if (connector.kind !== "mcp") throw new DomainError("invalid", "Only an MCP server has tools to list");
  const place = { table: "connectors", column: "secret", rowId: row.id };
  const secret = row.secret === null ? null : openSecret(row.secret, place);
  const agent = strictAgent({ allowedPrivateHosts: allowedPrivateHosts(), keepAlive: false });
  try {
    const wire = authorisedWire({ connector, secret, agent });
    const tools = await toolsOf(wire, connector);
    return { object: "tools", connector_id: row.id, data: tools };
  } finally {
    await agent.close();
  }
}

async function toolsOf(wire: Wire, connector: McpConnector): Promise<ToolView[]> {
  const opened = await openSession(wire, connector.base_url, connector.timeout_ms);
  if (!opened.ok) throw unreachable(opened.error);
  const tools: ToolView[] = [];
  let cursor: string | undefined;
  for (let page = 1; page <= mostPages; page++) {
    const result = await askPage(wire, connector, opened.session, cursor);
    tools.push(...(Array.isArray(result.tools) ? result.tools : []).flatMap(toolView));
    if (typeof result.nextCursor !== "string") break;
    cursor = result.nextCursor;
  }
  closeSession(wire, connector.base_url, opened.session);
  return tools;
}

async function askPage(
  wire: Wire,
  { base_url: base }: McpConnector,
  session: Session,
  cursor: string | undefined,
): Promise<JsonObject> {
  const params: JsonObject = cursor === undefined ? {} : { cursor };
  const request = inSession(rpcRequest(base, "", { id: "tools", method: "tools/list", params }), session);
  const answer = await wire.write(request, { mayWrite: () => true, isRepeatable: true });
  if (answer.kind !== "response") throw unreachable(answer.error);
  const reply = replyIn(answer, "tools");
  if (!reply || !isJsonObject(reply.result)) {
    const read = answerOf(answer, wire.secrets);
    throw unreachable(`it answered ${read.kind === "response" ? read.status : ""} and named no tools`);
  }
  return reply.result;
}

function toolView(tool: JsonValue): ToolView[] {
  if (!isJsonObject(tool) || typeof tool.name !== "string" || tool.name === "") return [];
  const annotations = isJsonObject(tool.annotations) ? tool.annotations : {};
  return [
    {
      name: tool.name.slice(0, 200),
      title: textOf(tool.title ?? annotations.title),
      description: textOf(tool.description),
      input_schema: isJsonObject(tool.inputSchema) ? tool.inputSchema : { type: "object" },
      output_schema: isJsonObject(tool.outputSchema) ? tool.outputSchema : null,
      read_only: annotations.readOnlyHint === true,
    },
  ];
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === "string" && value !== "" ? value.slice(0, 2000) : null;
}

function unreachable(why: string): DomainError {
  return new DomainError("unavailable", `The MCP server could not be asked: ${why}`, {
    code: "system_unreachable",
  });
}

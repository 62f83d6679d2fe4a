import { z } from "zod";
import { ConnectorRef } from "@/lib/apps/inputs";
import { endpoint } from "@/lib/kernel/endpoint";
import { JsonSchema } from "@/lib/kernel/json-schema";

export const ToolView = z.object({
  name: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable().describe("The server's own words: untrusted text"),
  input_schema: JsonSchema.describe("A suggestion for the arguments of a decision type"),
  output_schema: JsonSchema.nullable(),
  read_only: z.boolean().describe("The server says that it changes nothing, so there is nothing to approve"),
});
export type ToolView = z.output<typeof ToolView>;

export const ToolList = z.object({
  object: z.literal("tools"),
  connector_id: z.string(),
  data: z.array(ToolView),
});
export type ToolList = z.output<typeof ToolList>;

export const listToolsEndpoint = endpoint({
  id: "listConnectorTools",
  method: "GET",
  path: "/api/v1/connectors/{connector}/tools",
  tag: "Connectors",
  summary: "Ask an MCP server which tools it has",
  description: "Admins only: the request carries the connector's credential.",
  security: "key",
  params: ConnectorRef,
  response: ToolList,
  status: 200,
  problems: { 404: "not_found", 422: "validation_failed", 503: "system_unreachable" },
});

export const toolEndpoints = [listToolsEndpoint] as const;

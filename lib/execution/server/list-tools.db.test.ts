import { randomBytes } from "node:crypto";
import { afterAll, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { createConnector } from "@/lib/apps/server/create-connector";
import { aConnector } from "@/lib/apps/server/testing-inputs";
import { anMcpServer } from "./connectors/testing-targets";
import { listTools } from "./list-tools";

const { db } = await testDatabase();
const org = await anOrg(db);
const schema = { type: "object", required: ["invoice"], properties: { invoice: { type: "string" } } };
const server = await anMcpServer(() => null, {
  streams: true,
  tools: [
    { name: "issue_refund", title: "Issue a refund", description: "Pays back", inputSchema: schema },
    { name: "get_invoice", inputSchema: { type: "object" }, annotations: { readOnlyHint: true } },
    { nameless: true },
  ],
});
vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", randomBytes(32).toString("base64"));
vi.stubEnv("COUNTERSIGN_ALLOWED_PRIVATE_HOSTS", server.host);
afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
});
const config = { kind: "mcp", base_url: `${server.baseUrl}/mcp`, auth: "bearer" };

test("an MCP server's tools are listed with their schemas, asked with the connector's credential", async () => {
  const made = await createConnector(org.admin, aConnector({ class: "C", config, secret: "tok_1234567" }));
  expect(await listTools(org.admin, { connector: made.key })).toMatchObject({
    connector_id: made.id,
    data: [
      { name: "issue_refund", title: "Issue a refund", input_schema: schema, read_only: false },
      { name: "get_invoice", title: null, output_schema: null, read_only: true },
    ],
  });
  expect(server.heard[0]?.headers.authorization).toBe("Bearer tok_1234567");
});

test("a server that cannot be asked is said to be so; only admins ask, and only MCP servers", async () => {
  const gone = { ...config, base_url: "http://127.0.0.1:9/mcp", auth: "none" };
  const made = await createConnector(org.admin, aConnector({ class: "C", config: gone }));
  await expect(listTools(org.admin, { connector: made.id })).rejects.toMatchObject({
    code: "system_unreachable",
  });
  await expect(listTools(org.reviewer, { connector: made.id })).rejects.toMatchObject({ code: "forbidden" });
  const http = await createConnector(org.admin, aConnector());
  await expect(listTools(org.admin, { connector: http.id })).rejects.toThrow("Only an MCP server");
});

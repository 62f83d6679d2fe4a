import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { attempts } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import type { StoredActionConfig } from "@/lib/apps/action-config";
import type { StoredConnectorConfig } from "@/lib/apps/connector-config";
import { executionRunner } from "../run-executions";
import { executionRow, letTimePass } from "../testing";
import { closeConnectors } from "./connector-of";
import { carryOut } from "./testing-carry-out";
import { aMailServer, anMcpServer, aServer } from "./testing-targets";

// What a target does that its connector did not say: the executor believes nothing it cannot be sure of.
const { db } = await testDatabase();
const closing: (() => unknown)[] = [];

beforeAll(() => {
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", randomBytes(32).toString("base64"));
  return () => vi.unstubAllEnvs();
});
afterAll(async () => {
  await closeConnectors();
  for (const close of closing) close();
});

const http = (base_url: string, more: object = {}) =>
  ({ kind: "http", base_url, timeout_ms: 2000, ...more }) as StoredConnectorConfig & { kind: "http" };
const refund = (more: object = {}) =>
  ({ kind: "http", method: "POST", path: "/refunds", body: { $arg: "" }, ...more }) as StoredActionConfig;

async function again(done: Awaited<ReturnType<typeof carryOut>>) {
  const runner = executionRunner({ workerId: "worker:again" });
  for (let round = 0; round < 3; round++) {
    await letTimePass(db, done.org);
    await runner.run(done.org.system);
    await runner.drain();
  }
  return executionRow(db, done.id);
}

test.each([301, 302, 303, 307, 308])("a redirect (%i) is not followed, and says nothing", async (status) => {
  const elsewhere = await aServer(() => ({ body: { id: "re_1" } }));
  const server = await aServer(() => ({ status, headers: { location: `${elsewhere.baseUrl}/refunds` } }));
  closing.push(server.close, elsewhere.close);
  const { execution } = await carryOut(db, `${server.host},${elsewhere.host}`, {
    class: "C",
    config: http(server.baseUrl, { auth: "bearer" }),
    action: refund(),
    secret: "tok_1234567",
  });
  expect(execution).toMatchObject({ status: "unknown", needsPerson: true });
  expect(server.heard).toHaveLength(1);
  expect(elsewhere.heard).toEqual([]);
});

test.each([
  ["more than 256 KB", { body: { id: "re_1", fill: "x".repeat(300_000) } }],
  ["a page for people", { body: "<html>Thank you!</html>" }],
  ["success, without what one looks like", { body: { queued: true } }],
  ["nothing at all", { status: 204, body: "" }],
] as const)("200 with %s is no success, and not sent again to class C", async (_what, said) => {
  const server = await aServer(() => said);
  closing.push(server.close);
  const done = await carryOut(db, server.host, {
    class: "C",
    config: http(server.baseUrl),
    action: refund({ success_schema: { type: "object", required: ["id"] } }),
  });
  expect(done.execution).toMatchObject({ status: "unknown", needsPerson: true });
  await again(done);
  expect(server.heard).toHaveLength(1);
});

test.each([
  ["nowhere", refund({ key_header: null }), "unknown", 1],
  ["in a header", refund(), "succeeded", 2],
  ["in the body", refund({ key_header: null, body: { m: [{ key: { $key: true } }] } }), "succeeded", 2],
  ["in the path", refund({ key_header: null, path: "/refunds/{key}" }), "succeeded", 2],
])("class A whose action sends the key %s", async (_where, action, status, sends) => {
  const server = await aServer((_heard, at) => (at === 1 ? { status: 500 } : { body: { id: "re_1" } }));
  closing.push(server.close);
  const done = await carryOut(db, server.host, { class: "A", config: http(server.baseUrl), action });
  // A key that never left cannot be recognised: what is unanswered is a person's, not sent again.
  expect(await again(done)).toMatchObject({ status, needsPerson: status === "unknown" });
  expect(server.heard).toHaveLength(sends);
});

test("a refusal of a second send says nothing about the first: it is unknown, never failed", async () => {
  const server = await aServer((_heard, at) => (at === 1 ? null : { status: 422, body: { message: "No" } }));
  closing.push(server.close);
  const done = await carryOut(db, server.host, {
    class: "A",
    config: http(server.baseUrl, { max_attempts: 3 }),
    action: refund(),
  });
  const runner = executionRunner({ workerId: "worker:again" });
  await letTimePass(db, done.org);
  await runner.run(done.org.system);
  await runner.drain();
  expect(server.heard.length).toBeGreaterThan(1);
  expect(await executionRow(db, done.id)).toMatchObject({ status: "unknown" });
});

test("OAuth 2: a target that refuses every token is asked twice, and no more", async () => {
  let made = 0;
  const tokens = await aServer(() => ({ body: { access_token: `tok_${++made}`, token_type: "Bearer" } }));
  const server = await aServer(() => ({ status: 401, body: { error: "no" } }));
  closing.push(tokens.close, server.close);
  const oauth2 = { token_url: `${tokens.baseUrl}/token`, client_id: "desk" };
  const done = await carryOut(db, `${server.host},${tokens.host}`, {
    class: "C",
    config: http(server.baseUrl, { auth: "oauth2", oauth2 }),
    action: refund({ refusal_statuses: [401] }),
    secret: "client-secret",
  });
  expect(server.heard.map(({ headers }) => headers.authorization)).toEqual(["Bearer tok_1", "Bearer tok_2"]);
  expect(done.execution).toMatchObject({ status: "failed" });
});

test.each([
  ["is not JSON", { body: "token" }],
  ["leads elsewhere", { status: 302, headers: { location: "http://127.0.0.1:9/" } }],
  ["holds a line break", { body: { access_token: "tok\r\nx-admin: 1" } }],
  ["is of another type", { body: { access_token: "tok_1234567", token_type: "mac" } }],
  ["repeats the secret", { status: 400, body: { error: "bad client-secret" } }],
])(
  "OAuth 2: a token server whose answer %s: nothing is sent, and the secret is not told",
  async (_w, said) => {
    const tokens = await aServer(() => said);
    const server = await aServer(() => ({ body: { id: "re_1" } }));
    closing.push(tokens.close, server.close);
    const oauth2 = { token_url: `${tokens.baseUrl}/token`, client_id: "desk" };
    const { execution, log } = await carryOut(db, `${server.host},${tokens.host}`, {
      class: "C",
      config: http(server.baseUrl, { auth: "oauth2", oauth2 }),
      action: refund(),
      secret: "client-secret",
    });
    expect(execution).toMatchObject({ status: "pending", firstSentAt: null });
    expect(server.heard).toEqual([]);
    expect(JSON.stringify([execution, log])).not.toContain("client-secret");
  },
);

test.each([
  ["the method is not there", { error: { code: -32_601, message: "no such method" } }, "failed"],
  ["it broke", { error: { code: -32_603, message: "internal" } }, "unknown"],
  ["another call's result", { id: "other", result: { content: [] } }, "unknown"],
])("an MCP server that answers that %s", async (_what, reply, status) => {
  const server = await aServer(({ method, body }) => {
    if (method === "DELETE") return { status: 200 };
    const { id, method: asked } = JSON.parse(body) as { id?: string; method: string };
    if (asked === "initialize")
      return { body: { jsonrpc: "2.0", id, result: { protocolVersion: "2025-06-18", capabilities: {} } } };
    if (asked !== "tools/call") return { status: 202 };
    return { body: { jsonrpc: "2.0", id, ...reply } };
  });
  closing.push(server.close);
  const { execution } = await carryOut(db, server.host, {
    class: "C",
    config: { kind: "mcp", base_url: server.baseUrl },
    action: { kind: "mcp", tool: "issue_refund" },
  });
  expect(execution).toMatchObject({ status, needsPerson: status === "unknown" });
});

test("an MCP server that echoes the token in a tool's error tells nobody else", async () => {
  const token = "tok_very_secret_1";
  const server = await anMcpServer(() => ({
    isError: true,
    content: [{ type: "text", text: `Bearer ${token} may not` }],
  }));
  closing.push(server.close);
  const { execution, log } = await carryOut(db, server.host, {
    class: "C",
    config: { kind: "mcp", base_url: server.baseUrl, auth: "bearer" },
    action: { kind: "mcp", tool: "issue_refund", error_means_nothing_happened: true },
    secret: token,
  });
  expect(execution.status).toBe("failed");
  expect(JSON.stringify([execution, log])).not.toContain(token);
});

test("a mail server that repeats how we signed in does not have it written down", async () => {
  const plain = Buffer.from("\u0000desks\u0000hunter22-hunter22").toString("base64");
  const server = await aMailServer({ AUTH: `535 bad credentials ${plain}` });
  closing.push(server.close);
  const { id, execution } = await carryOut(db, server.host, {
    class: "C",
    config: {
      kind: "email",
      host: "127.0.0.1",
      port: server.port,
      tls: "none",
      username: "desks",
      from: "desk@shop.test",
    },
    action: { kind: "email", to: "ada@example.test", subject: "Refund", text: "It is on its way." },
    secret: "hunter22-hunter22",
  });
  const log = await db.select().from(attempts).where(eq(attempts.executionId, id));
  expect(execution.status).toBe("pending");
  expect(JSON.stringify([execution, log])).toContain("535");
  expect(JSON.stringify([execution, log])).not.toContain(plain);
});

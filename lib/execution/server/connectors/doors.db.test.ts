import { randomBytes } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { attempts, connectorActions, connectors } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg, type TestOrg } from "@/db/testing-fixtures";
import type { StoredActionConfig } from "@/lib/apps/action-config";
import type { StoredConnectorConfig } from "@/lib/apps/connector-config";
import type { ConnectorClass } from "@/lib/apps/schema";
import { sealConnectorSecret } from "@/lib/apps/server/connector-secret";
import { isSignedWebhook } from "@/lib/server/standard-webhooks";
import { executionRunner } from "../run-executions";
import { executionRow, somePending } from "../testing";
import { closeConnectors } from "./connector-of";
import { aMailServer, anMcpServer, aServer } from "./testing-targets";

const { db } = await testDatabase();
const closing: (() => unknown)[] = [];
const webhookSecret = `whsec_${randomBytes(32).toString("base64")}`;

beforeAll(() => {
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", randomBytes(32).toString("base64"));
  return () => vi.unstubAllEnvs();
});
afterAll(async () => {
  await closeConnectors();
  for (const close of closing) close();
});

/** Approves one decision whose action goes through this door, and lets a worker carry it out once. */
async function carryOut(
  host: string,
  door: {
    class: ConnectorClass;
    config: StoredConnectorConfig & { kind: "http" | "webhook" | "mcp" | "email" };
    action: StoredActionConfig;
    secret?: string;
  },
) {
  const org = await anOrg(db);
  vi.stubEnv("COUNTERSIGN_ALLOWED_PRIVATE_HOSTS", host);
  await closeConnectors();
  const desk = await aRefundDesk(db, org, { connectorClass: door.class });
  const secret = door.secret === undefined ? null : sealConnectorSecret(desk.connector, door.secret);
  const { kind } = door.config;
  await db
    .update(connectors)
    .set({ kind, config: door.config, secret })
    .where(eq(connectors.id, desk.connector));
  await db.update(connectorActions).set({ config: door.action }).where(eq(connectorActions.id, desk.action));
  const [id = ""] = await somePending(db, org, desk);
  await runOnce(org);
  const log = await db.select().from(attempts).where(eq(attempts.executionId, id)).orderBy(asc(attempts.id));
  // Whatever was answered: the log shows no credential.
  if (door.secret) expect(JSON.stringify(log)).not.toContain(door.secret);
  return { id, execution: await executionRow(db, id), log, org };
}

async function runOnce(org: TestOrg): Promise<void> {
  const runner = executionRunner({ workerId: "worker:test" });
  await runner.run(org.system);
  await runner.drain();
}

const http = (base_url: string, more: object) =>
  ({ kind: "http", base_url, timeout_ms: 2000, ...more }) as StoredConnectorConfig & { kind: "http" };
const refund = (more: object = {}) =>
  ({ kind: "http", method: "POST", path: "/refunds", body: { $arg: "" }, ...more }) as StoredActionConfig;
const ok = { body: { id: "re_1" } };

test.each([
  ["bearer", {}, "tok_1234567", { authorization: "Bearer tok_1234567" }],
  ["basic", {}, "ada:hunter22", { authorization: `Basic ${Buffer.from("ada:hunter22").toString("base64")}` }],
  ["api_key", { api_key: { name: "X-Key" } }, "key_1234567", { "x-key": "key_1234567" }],
])(
  "%s: the target gets the credential, the log does not, even when the target echoes it",
  async (auth, more, secret, expected) => {
    const server = await aServer(({ headers }) => ({ body: { id: "re_1", echo: headers } }));
    closing.push(server.close);
    const config = http(server.baseUrl, { auth, ...more });
    const { execution, log } = await carryOut(server.host, { class: "A", config, action: refund(), secret });
    expect(server.heard[0]?.headers).toMatchObject(expected);
    expect(execution).toMatchObject({ status: "succeeded", externalReference: "re_1" });
    expect(JSON.stringify(log)).not.toContain(Buffer.from(secret).toString("base64"));
  },
);

test("an API key in the query is sent and not logged", async () => {
  const server = await aServer(() => ok);
  closing.push(server.close);
  const config = http(server.baseUrl, { auth: "api_key", api_key: { in: "query", name: "key" } });
  const done = await carryOut(server.host, {
    class: "A",
    config,
    action: refund({ query: { v: 1 } }),
    secret: "k_12&34567",
  });
  expect(server.heard[0]?.url).toBe("/refunds?v=1&key=k_12%2634567");
  expect(done.log[0]?.request).toMatchObject({ url: `${server.baseUrl}/refunds?v=1&key=[secret]` });
});

test("HMAC in the Standard Webhooks form is what a receiver of them takes", async () => {
  const server = await aServer(() => ok);
  closing.push(server.close);
  const hmac = {
    key_encoding: "base64",
    encoding: "base64",
    content: "{id}.{timestamp}.{body}",
    header: "webhook-signature",
    format: "v1,{signature}",
    timestamp_header: "webhook-timestamp",
    id_header: "webhook-id",
  };
  const config = http(server.baseUrl, { auth: "hmac", hmac });
  const done = await carryOut(server.host, { class: "A", config, action: refund(), secret: webhookSecret });
  expect(isTaken(server.heard[0])).toBe(true);
  expect(done.execution.status).toBe("succeeded");
});

test("OAuth 2: one token for many sends; a send refused with 401 gets a fresh one where that is declared", async () => {
  let made = 0;
  const tokens = await aServer(() => ({
    body: { access_token: `tok_${++made}`, token_type: "Bearer", expires_in: 3600 },
  }));
  const server = await aServer(({ headers }) =>
    headers.authorization === "Bearer tok_1" ? { status: 401, body: { error: "expired" } } : ok,
  );
  closing.push(tokens.close, server.close);
  const oauth2 = { token_url: `${tokens.baseUrl}/token`, client_id: "desk", scope: "refunds" };
  const config = http(server.baseUrl, { auth: "oauth2", oauth2 });
  const hosts = `${server.host},${tokens.host}`;
  const door = { class: "C" as const, config, secret: "client-secret" };
  const declared = await carryOut(hosts, { ...door, action: refund({ refusal_statuses: [400, 401] }) });
  expect(server.heard.map(({ headers }) => headers.authorization)).toEqual(["Bearer tok_1", "Bearer tok_2"]);
  expect(declared.execution.status).toBe("succeeded");
  expect(JSON.stringify(declared.log)).not.toMatch(/tok_[12]/);
  expect(tokens.heard[0]).toMatchObject({
    body: "grant_type=client_credentials&scope=refunds",
    headers: { authorization: `Basic ${Buffer.from("desk:client-secret").toString("base64")}` },
  });
  made = 0;
  const undeclared = await carryOut(hosts, { ...door, action: refund() });
  // Class C is sent once: a 401 that is not declared a refusal leaves it to a person.
  expect(undeclared.execution).toMatchObject({ status: "unknown", needsPerson: true });
  expect(server.heard).toHaveLength(3);
});

test("without a token nothing is sent, and it stays to be sent", async () => {
  const tokens = await aServer(() => ({ status: 401, body: { error: "invalid_client" } }));
  closing.push(tokens.close);
  const oauth2 = { token_url: `${tokens.baseUrl}/token`, client_id: "desk" };
  const config = http("http://127.0.0.1:9", { auth: "oauth2", oauth2 });
  const done = await carryOut(tokens.host, { class: "C", config, action: refund(), secret: "client-secret" });
  expect(done.execution).toMatchObject({
    status: "pending",
    lastError: expect.stringContaining("invalid_client"),
  });
  expect(done.log).toMatchObject([{ outcome: "not_sent" }]);
});

function isTaken(heard: { headers: NodeJS.Dict<string | string[]>; body: string } | undefined): boolean {
  const header = (name: string) => String(heard?.headers[name] ?? "");
  const headers = {
    id: header("webhook-id"),
    timestamp: header("webhook-timestamp"),
    signature: header("webhook-signature"),
  };
  return isSignedWebhook([webhookSecret], headers, heard?.body ?? "", Math.floor(Date.now() / 1000));
}

test("a webhook is signed so that its receiver takes it, its id is the action key, and 2xx is the end of it", async () => {
  const server = await aServer(() => ok);
  closing.push(server.close);
  const done = await carryOut(server.host, {
    class: "A",
    config: { kind: "webhook", base_url: `${server.baseUrl}/in` },
    action: { kind: "webhook", event: "refund.requested" },
    secret: webhookSecret,
  });
  expect(isTaken(server.heard[0])).toBe(true);
  expect(server.heard[0]?.headers["webhook-id"]).toBe(done.execution.actionKey);
  expect(done.execution).toMatchObject({ status: "succeeded", externalReference: "re_1" });
});

test("a webhook whose target reports back is only accepted, and waits for its report", async () => {
  const server = await aServer(() => ({ status: 202 }));
  closing.push(server.close);
  const { execution, log } = await carryOut(server.host, {
    class: "A",
    config: { kind: "webhook", base_url: server.baseUrl },
    action: { kind: "webhook", event: "refund.requested", reports_back: true, report_within_seconds: 600 },
    secret: webhookSecret,
  });
  expect(log).toMatchObject([{ outcome: "accepted" }]);
  expect(execution).toMatchObject({ status: "unknown", needsPerson: false });
  expect(execution.nextAt.getTime()).toBeGreaterThan(Date.now() + 500_000);
});

test.each([false, true])(
  "an MCP tool is called once with the arguments and the key (streams: %s)",
  async (streams) => {
    const server = await anMcpServer(() => ({ content: [], structuredContent: { id: "re_9" } }), { streams });
    closing.push(server.close);
    const { execution } = await carryOut(server.host, {
      class: "C",
      config: { kind: "mcp", base_url: `${server.baseUrl}/mcp`, auth: "bearer" },
      action: { kind: "mcp", tool: "issue_refund" },
      secret: "tok_1234567",
    });
    expect(execution).toMatchObject({ status: "succeeded", externalReference: "re_9" });
    expect(server.calls).toEqual([
      {
        name: "issue_refund",
        arguments: { invoice: "INV-0001", amount: 1800, currency: "EUR" },
        _meta: { "countersign/action_key": execution.actionKey },
      },
    ]);
  },
);

test.each([
  ["isError", { isError: true, content: [{ type: "text", text: "no" }] }, false, "unknown"],
  ["isError, declared", { isError: true, content: [{ type: "text", text: "no" }] }, true, "failed"],
  ["a cut connection", null, true, "unknown"],
] as const)("an MCP tool that answers with %s", async (_name, result, declared, status) => {
  const server = await anMcpServer(() => result);
  closing.push(server.close);
  const { execution } = await carryOut(server.host, {
    class: "C",
    config: { kind: "mcp", base_url: server.baseUrl },
    action: { kind: "mcp", tool: "issue_refund", error_means_nothing_happened: declared },
  });
  expect(execution).toMatchObject({ status, needsPerson: status === "unknown" });
});

test("an MCP server that does not open a session was sent nothing", async () => {
  const server = await aServer(() => ({ status: 500 }));
  closing.push(server.close);
  const { execution } = await carryOut(server.host, {
    class: "C",
    config: { kind: "mcp", base_url: server.baseUrl },
    action: { kind: "mcp", tool: "issue_refund" },
  });
  expect(execution.status).toBe("pending");
});

test.each([
  ["takes it", {}, "succeeded", 1],
  ["does not know the recipient", { RCPT: "550 no such user" }, "failed", 0],
  ["is busy", { RCPT: "450 greylisted" }, "pending", 0],
  ["refuses the text", { TEXT: "554 looks like spam" }, "failed", 1],
  ["goes away after the text", { TEXT: "cut" }, "unknown", 1],
  ["goes away before the text", { MAIL: "cut" }, "pending", 0],
])("a mail server that %s", async (_name, answers, status, mails) => {
  const server = await aMailServer(answers);
  closing.push(server.close);
  const { execution } = await carryOut(server.host, {
    class: "C",
    config: {
      kind: "email",
      host: "127.0.0.1",
      port: server.port,
      tls: "none",
      from: "desk@shop.test",
      timeout_ms: 3000,
    },
    action: {
      kind: "email",
      to: "ada@example.test",
      subject: "Refund of {/amount}",
      text: "It is on its way. {key}",
    },
  });
  expect(server.mails).toHaveLength(mails);
  expect(execution).toMatchObject({ status, needsPerson: status === "unknown" });
  if (status !== "succeeded") return;
  expect(execution.externalReference).toBe(`<${execution.actionKey}@shop.test>`);
  expect(server.mails[0]?.text).toContain(`Message-ID: <${execution.actionKey}@shop.test>`);
});

test("mail goes to no private host that is not listed", async () => {
  const server = await aMailServer();
  closing.push(server.close);
  const { execution } = await carryOut("", {
    class: "C",
    config: { kind: "email", host: "127.0.0.1", port: server.port, tls: "none", from: "desk@shop.test" },
    action: { kind: "email", to: "ada@example.test", subject: "Refund", text: "It is on its way." },
  });
  expect(server.mails).toHaveLength(0);
  expect(execution).toMatchObject({ status: "pending", lastError: expect.stringContaining("not allowed") });
});

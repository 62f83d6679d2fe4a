import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing";
import type { StoredActionConfig } from "@/lib/apps/action-config";
import type { StoredConnectorConfig } from "@/lib/apps/connector-config";
import { isSignedWebhook } from "@/lib/server/standard-webhooks";
import { closeConnectors } from "./connector-of";
import { carryOut } from "./testing-carry-out";
import { aServer } from "./testing-targets";

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
    const { execution, log } = await carryOut(db, server.host, {
      class: "A",
      config,
      action: refund(),
      secret,
    });
    expect(server.heard[0]?.headers).toMatchObject(expected);
    expect(execution).toMatchObject({ status: "succeeded", externalReference: "re_1" });
    expect(JSON.stringify(log)).not.toContain(Buffer.from(secret).toString("base64"));
  },
);

test("an API key in the query is sent and not logged", async () => {
  const server = await aServer(() => ok);
  closing.push(server.close);
  const config = http(server.baseUrl, { auth: "api_key", api_key: { in: "query", name: "key" } });
  const done = await carryOut(db, server.host, {
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
  const done = await carryOut(db, server.host, {
    class: "A",
    config,
    action: refund(),
    secret: webhookSecret,
  });
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
  const declared = await carryOut(db, hosts, { ...door, action: refund({ refusal_statuses: [400, 401] }) });
  expect(server.heard.map(({ headers }) => headers.authorization)).toEqual(["Bearer tok_1", "Bearer tok_2"]);
  expect(declared.execution.status).toBe("succeeded");
  expect(JSON.stringify(declared.log)).not.toMatch(/tok_[12]/);
  expect(tokens.heard[0]).toMatchObject({
    body: "grant_type=client_credentials&scope=refunds",
    headers: { authorization: `Basic ${Buffer.from("desk:client-secret").toString("base64")}` },
  });
  made = 0;
  const undeclared = await carryOut(db, hosts, { ...door, action: refund() });
  // Class C is sent once: a 401 that is not declared a refusal leaves it to a person.
  expect(undeclared.execution).toMatchObject({ status: "unknown", needsPerson: true });
  expect(server.heard).toHaveLength(3);
});

test("without a token nothing is sent, and it stays to be sent", async () => {
  const tokens = await aServer(() => ({ status: 401, body: { error: "invalid_client" } }));
  closing.push(tokens.close);
  const oauth2 = { token_url: `${tokens.baseUrl}/token`, client_id: "desk" };
  const config = http("http://127.0.0.1:9", { auth: "oauth2", oauth2 });
  const done = await carryOut(db, tokens.host, {
    class: "C",
    config,
    action: refund(),
    secret: "client-secret",
  });
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
  const done = await carryOut(db, server.host, {
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
  const { execution, log } = await carryOut(db, server.host, {
    class: "A",
    config: { kind: "webhook", base_url: server.baseUrl },
    action: { kind: "webhook", event: "refund.requested", reports_back: true, report_within_seconds: 600 },
    secret: webhookSecret,
  });
  expect(log).toMatchObject([{ outcome: "accepted" }]);
  expect(execution).toMatchObject({ status: "unknown", needsPerson: false });
  expect(execution.nextAt.getTime()).toBeGreaterThan(Date.now() + 500_000);
});

test("above its action's largest amount nothing is sent: it goes back to a person", async () => {
  const server = await aServer(() => ok);
  closing.push(server.close);
  const config = http(server.baseUrl, { auth: "none" });
  const over = await carryOut(db, server.host, { class: "A", config, action: refund({ max_amount: 1799 }) });
  expect(server.heard).toHaveLength(0);
  expect(over.execution.status).toBe("cancelled");
  const under = await carryOut(db, server.host, { class: "A", config, action: refund({ max_amount: 1800 }) });
  expect(under.execution.status).toBe("succeeded");
});

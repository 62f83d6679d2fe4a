import { expect, test } from "vitest";
import { ActionConfig } from "./action-config";
import { ConnectorConfig } from "./connector-config";
import { sendsKey } from "./sends-key";

const connector = (more: object = {}) =>
  ConnectorConfig.parse({ kind: "http", base_url: "https://pay.example", ...more });
const action = (more: object = {}) =>
  ActionConfig.parse({ kind: "http", method: "POST", path: "/refunds", key_header: null, ...more });

test.each([
  ["in the usual header", { key_header: "Idempotency-Key" }],
  ["in the path", { path: "/refunds/{key}" }],
  ["in the query", { query: { ref: { $key: true } } }],
  ["in another header", { argument_headers: { "X-Request-Id": { $key: true } } }],
  ["deep in the body", { body: { meta: [{ key: { $key: true } }] } }],
])("a key %s is sent", (_where, more) => {
  expect(sendsKey(connector(), action(more))).toBe(true);
});

test("a key that stands nowhere, or beside a literal of that name, is not", () => {
  expect(sendsKey(connector(), action())).toBe(false);
  const literal = {
    body: { a: { $key: false }, b: { $key: true, more: 1 }, c: "{key}", d: { $arg: "/$key" } },
  };
  expect(sendsKey(connector(), action(literal))).toBe(false);
});

test("a signature's own id header carries it, while requests are signed", () => {
  const hmac = { id_header: "X-Id" };
  expect(sendsKey(connector({ auth: "hmac", hmac }), action())).toBe(true);
  expect(sendsKey(connector({ auth: "bearer", hmac }), action())).toBe(false);
});

test("messages, tools and mail always carry it", () => {
  for (const config of [
    { kind: "webhook", event: "refund.requested" },
    { kind: "mcp", tool: "refund" },
    { kind: "email", to: "a@b.test", subject: "s", text: "t" },
  ])
    expect(sendsKey(connector(), ActionConfig.parse(config))).toBe(true);
});

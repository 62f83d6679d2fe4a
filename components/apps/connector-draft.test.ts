import { expect, test } from "vitest";
import { ConnectorConfig } from "@/lib/apps/connector-config";
import { connectorConfigFrom } from "./connector-draft";

const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

test.each([
  ["http", { base_url: " https://pay.example ", auth: "api_key", api_key_in: "query", api_key_name: "key" }],
  ["http", { base_url: "https://pay.example", auth: "none", breaker: "on", breaker_failed: "30" }],
  [
    "http",
    {
      base_url: "https://pay.example",
      auth: "oauth2",
      token_url: "https://id.example/t",
      client_id: "c",
      client_auth: "body",
    },
  ],
  ["webhook", { base_url: "https://hooks.example", rate_per_second: "2.5", concurrency: "4" }],
  ["mcp", { base_url: "https://mcp.example/mcp", auth: "bearer" }],
  ["email", { host: "mail.example", port: "465", tls: "implicit", from: "desk@shop.example" }],
] as const)("a form of kind %s makes a configuration that the contract takes", (kind, fields) => {
  expect(ConnectorConfig.safeParse(connectorConfigFrom(form(fields), kind)).error).toBeUndefined();
});

test("shares are written as percentages, empty limits mean none, and what is no number is refused", () => {
  const fields = {
    base_url: "https://pay.example",
    auth: "none",
    breaker: "on",
    breaker_failed: "30",
    concurrency: "",
  };
  expect(connectorConfigFrom(form(fields), "http")).toMatchObject({
    concurrency: null,
    rate_per_second: null,
    breaker: { max_failed: 0.3, max_unknown: 0.2, window_minutes: 10 },
  });
  const wrong = connectorConfigFrom(form({ ...fields, timeout_ms: "soon" }), "http");
  expect(ConnectorConfig.safeParse(wrong).success).toBe(false);
});

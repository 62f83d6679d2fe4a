import { expect, test } from "vitest";
import { ApiKeyAuth, HmacAuth } from "@/lib/apps/connector-config";
import { maskRequest } from "./mask-request";

const request = {
  method: "POST",
  origin: "https://pay.example",
  path: "/v1/refunds?a=1",
  headers: { accept: "application/json" },
  body: "{}",
  actionKey: "exec_1",
};
const none = { api_key: null, hmac: null };

test.each([
  ["none", {}, { headers: { accept: "application/json" } }],
  ["bearer", {}, { headers: { accept: "application/json", authorization: "bearer [secret]" } }],
  ["basic", {}, { headers: { accept: "application/json", authorization: "basic [secret]" } }],
  ["oauth2", {}, { headers: { accept: "application/json", authorization: "bearer [token]" } }],
  ["api_key", {}, { headers: { accept: "application/json", "x-api-key": "[secret]" } }],
  [
    "api_key",
    { api_key: ApiKeyAuth.parse({ in: "query", name: "key" }) },
    { url: "https://pay.example/v1/refunds?a=1&key=[secret]", headers: { accept: "application/json" } },
  ],
  [
    "hmac",
    { hmac: HmacAuth.parse({ header: "Stripe-Signature" }) },
    { headers: { accept: "application/json", "stripe-signature": "[signature]" } },
  ],
] as const)("a request with %s auth names its credential and does not show it", (auth, more, expected) => {
  expect(maskRequest(request, { ...none, ...more, auth })).toMatchObject(expected);
});

test("a long body is cut in the log", () => {
  const masked = maskRequest({ ...request, body: "x".repeat(20_000) }, { ...none, auth: "none" });
  expect(masked.body).toHaveLength(16_385);
});

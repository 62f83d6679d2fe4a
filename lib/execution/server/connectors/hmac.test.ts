import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { HmacAuth } from "@/lib/apps/connector-config";
import { hmacHeaders } from "./hmac";

const request = {
  method: "POST",
  origin: "https://pay.example",
  path: "/v1/refunds?a=1",
  headers: {},
  body: '{"test": 2432232314}',
  actionKey: "msg_p5jXN8AQM9LWM0D4loKWxJek",
};
const at = 1614265330;

test("the Standard Webhooks form has the specification's own signature", () => {
  const config = HmacAuth.parse({
    key_encoding: "base64",
    encoding: "base64",
    content: "{id}.{timestamp}.{body}",
    header: "webhook-signature",
    format: "v1,{signature}",
    timestamp_header: "webhook-timestamp",
    id_header: "webhook-id",
  });
  expect(hmacHeaders(config, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", request, at)).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

test("the Stripe form signs time and body and sends both", () => {
  const config = HmacAuth.parse({ header: "Stripe-Signature" });
  const expected = createHmac("sha256", "whsec_x").update(`${at}.${request.body}`).digest("hex");
  expect(hmacHeaders(config, "whsec_x", request, at)).toEqual({
    "stripe-signature": `t=${at},v1=${expected}`,
  });
});

test("method and path can be signed, and a body that names a place is not filled in", () => {
  const config = HmacAuth.parse({
    algorithm: "sha512",
    content: "{method} {path} {body}",
    format: "{signature}",
  });
  const body = "{timestamp}";
  const expected = createHmac("sha512", "k").update(`POST /v1/refunds?a=1 ${body}`).digest("hex");
  expect(hmacHeaders(config, "k", { ...request, body }, at)).toEqual({ "x-signature": expected });
});

import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isSignedWebhook, signWebhook } from "./standard-webhooks";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const message = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1614265330, body: '{"test": 2432232314}' };
const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

const vectors = new URL("../../../shared/data/conformance/standard-webhooks.json", import.meta.url);
type Vector = {
  name: string;
  accept: boolean;
  secret: string;
  now: number;
  body: string;
  headers: Record<string, string>;
};

test("the specification's own example has the specification's own signature", () => {
  expect(signWebhook(secret, message)).toBe(signature);
});

test("a message of another body, another id or a strange time is not taken", () => {
  const headers = { id: message.id, timestamp: String(message.timestamp), signature };
  expect(isSignedWebhook([secret], headers, message.body, 1614265340)).toBe(true);
  expect(isSignedWebhook([secret], headers, `${message.body} `, 1614265340)).toBe(false);
  expect(isSignedWebhook([secret], { ...headers, id: "msg_x" }, message.body, 1614265340)).toBe(false);
  expect(isSignedWebhook([secret], headers, message.body, 1614265631)).toBe(false);
  expect(isSignedWebhook([], headers, message.body, 1614265340)).toBe(false);
});

test("while a secret is rotated both the old and the new one sign", () => {
  const other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  const headers = { id: message.id, timestamp: String(message.timestamp), signature };
  expect(isSignedWebhook([other, secret], headers, message.body, 1614265340)).toBe(true);
  expect(isSignedWebhook([other], headers, message.body, 1614265340)).toBe(false);
});

const known = existsSync(vectors) ? (JSON.parse(readFileSync(vectors, "utf8")) as Vector[]) : [];
test.skipIf(known.length === 0)("every known vector is judged as it should be", () => {
  for (const vector of known) {
    const headers = {
      id: vector.headers["webhook-id"],
      timestamp: vector.headers["webhook-timestamp"],
      signature: vector.headers["webhook-signature"],
    };
    const isTaken = isSignedWebhook([vector.secret], headers, vector.body, vector.now);
    expect([vector.name, isTaken]).toEqual([vector.name, vector.accept]);
  }
});

import { createHmac, timingSafeEqual } from "node:crypto";

/** The three headers of a Standard Webhooks message; `undefined` where one is missing. */
export type WebhookHeaders = {
  id: string | undefined;
  /** Unix seconds, as text. */
  timestamp: string | undefined;
  /** Signatures with their versions, apart by spaces: `v1,…`. */
  signature: string | undefined;
};

/** How far a message's time may be from ours, seconds. */
const toleranceSeconds = 300;

/** Signs a message as Standard Webhooks says: HMAC-SHA256 of `id.timestamp.body`, base64, after `v1,`. */
export function signWebhook(
  secret: string,
  message: { id: string; timestamp: number; body: string },
): string {
  return `v1,${signatureOf(secret, `${message.id}.${message.timestamp}.${message.body}`)}`;
}

/**
 * True for a message signed with one of these secrets (two while one is being rotated) at most five minutes from now,
 * `nowSeconds`. It does not know whether the message came before: that is the receiver's table.
 */
export function isSignedWebhook(
  secrets: readonly string[],
  { id, timestamp, signature }: WebhookHeaders,
  body: string,
  nowSeconds: number,
): boolean {
  if (!id || !signature || !timestamp || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowSeconds - Number(timestamp)) > toleranceSeconds) return false;
  const expected = secrets.map((secret) => Buffer.from(signatureOf(secret, `${id}.${timestamp}.${body}`)));
  return signature.split(" ").some((versioned) => {
    const [version, ...rest] = versioned.split(",");
    const given = Buffer.from(rest.join(","));
    return version === "v1" && expected.some((each) => isSame(each, given));
  });
}

/** The bytes of a `whsec_…` secret, with or without its prefix. */
export function webhookKey(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ""), "base64");
}

function signatureOf(secret: string, content: string): string {
  return createHmac("sha256", webhookKey(secret)).update(content, "utf8").digest("base64");
}

function isSame(expected: Buffer, given: Buffer): boolean {
  return expected.length === given.length && timingSafeEqual(expected, given);
}

import { randomBytes } from "node:crypto";
import { beforeEach, expect, test, vi } from "vitest";
import { openSecret, sealSecret } from "./secrets";

const place = { table: "connectors", column: "secret", rowId: "con_1" };

beforeEach(() => {
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", randomBytes(32).toString("base64"));
  return () => vi.unstubAllEnvs();
});

test("a secret opens where it was sealed, and its text is nowhere in the envelope", () => {
  const envelope = sealSecret("sk_live_ä", place);
  expect(openSecret(envelope, place)).toBe("sk_live_ä");
  expect(envelope).not.toContain("sk_live");
  expect(sealSecret("sk_live_ä", place)).not.toBe(envelope);
});

test.each([{ table: "users" }, { column: "config" }, { rowId: "con_2" }])(
  "it does not open at %j",
  (other) => {
    const envelope = sealSecret("secret", place);
    expect(() => openSecret(envelope, { ...place, ...other })).toThrow("moved");
  },
);

test("it does not open with another key", () => {
  const envelope = sealSecret("secret", place);
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", randomBytes(32).toString("base64"));
  expect(() => openSecret(envelope, place)).toThrow("another key");
  const [, ownKid] = sealSecret("x", place).split(".");
  const parts = envelope.split(".");
  expect(() => openSecret([parts[0], ownKid, parts[2], parts[3]].join("."), place)).toThrow("changed");
});

test.each([1, 2, 3])("a changed bit in part %i is noticed", (part) => {
  const parts = sealSecret("secret", place).split(".");
  const bytes = Buffer.from(parts[part] ?? "", part === 1 ? "hex" : "base64url");
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  parts[part] = bytes.toString(part === 1 ? "hex" : "base64url");
  expect(() => openSecret(parts.join("."), place)).toThrow("cannot be read");
});

test.each(["", "v1", "v2.a.b.c", "v1.a.b.c.d"])("%j is no envelope", (text) => {
  expect(() => openSecret(text, place)).toThrow("cannot be read");
});

test.each(["", "short", randomBytes(31).toString("base64")])(
  "the key %j is refused, and the way to make one is said",
  (key) => {
    vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", key);
    expect(() => sealSecret("secret", place)).toThrow("openssl rand -base64 32");
  },
);

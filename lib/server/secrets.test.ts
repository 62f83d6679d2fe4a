import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { openSecret, rewrapSecret, sealSecret, type SecretPlace } from "./secrets";

const place = { table: "connectors", column: "secret", rowId: "con_1" };
const aKey = () => randomBytes(32).toString("base64");
let key: string;

beforeEach(() => {
  key = aKey();
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", key);
  return () => vi.unstubAllEnvs();
});

/** An envelope of the first form, as it was made before there were keys of a secret's own. */
function sealedV1(plain: string, { table, column, rowId }: SecretPlace): string {
  const bytes = Buffer.from(key, "base64");
  const kid = createHash("sha256").update("kid").update(bytes).digest("hex").slice(0, 8);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", bytes, iv).setAAD(
    Buffer.from(`${table}|${column}|${rowId}|${kid}`),
  );
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return ["v1", kid, iv.toString("base64url"), sealed.toString("base64url")].join(".");
}

test("a secret opens where it was sealed, and its text is nowhere in the envelope", () => {
  const envelope = sealSecret("sk_live_ä", place);
  expect(openSecret(envelope, place)).toBe("sk_live_ä");
  expect(envelope).not.toContain("sk_live");
  expect(envelope).not.toContain(Buffer.from("sk_live_ä").toString("base64url"));
  const [, , wrapped, body] = sealSecret("sk_live_ä", place).split(".");
  expect(envelope).not.toContain(wrapped);
  expect(envelope).not.toContain(body);
});

test.each([{ table: "users" }, { column: "config" }, { rowId: "con_2" }])(
  "it does not open at %j, in either form",
  (other) => {
    for (const envelope of [sealSecret("secret", place), sealedV1("secret", place)]) {
      expect(() => openSecret(envelope, { ...place, ...other })).toThrow("moved");
      expect(openSecret(envelope, place)).toBe("secret");
    }
  },
);

test("of two rows' secrets neither opens in the other's place, nor with the other's wrapped key", () => {
  const other = { ...place, rowId: "con_2" };
  const [a, b] = [sealSecret("one", place).split("."), sealSecret("two", other).split(".")];
  expect(() => openSecret(b.join("."), place)).toThrow("cannot be read");
  expect(() => openSecret([a[0], a[1], b[2], a[3]].join("."), place)).toThrow("cannot be read");
  expect(() => openSecret([a[0], a[1], a[2], b[3]].join("."), place)).toThrow("cannot be read");
});

describe.each([
  ["v2", sealSecret],
  ["v1", sealedV1],
])("an envelope %s", (_form, seal) => {
  test("with any bit of any character changed is refused", () => {
    const envelope = seal("secret", place);
    let refused = 0;
    for (let at = 0; at < envelope.length; at++) {
      for (let bit = 0; bit < 7; bit++) {
        const letter = String.fromCharCode(envelope.charCodeAt(at) ^ (1 << bit));
        const changed = envelope.slice(0, at) + letter + envelope.slice(at + 1);
        expect(() => openSecret(changed, place), `${at}: ${letter}`).toThrow("cannot be read");
        refused += 1;
      }
    }
    expect(refused).toBe(envelope.length * 7);
  });

  test("cut off anywhere is refused", () => {
    const envelope = seal("secret", place);
    for (let length = 0; length < envelope.length; length++) {
      expect(() => openSecret(envelope.slice(0, length), place)).toThrow("cannot be read");
    }
  });

  test("does not open once its key is gone, and does while it is a previous one", () => {
    const envelope = seal("secret", place);
    vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", aKey());
    expect(() => openSecret(envelope, place)).toThrow("another key");
    expect(() => rewrapSecret(envelope, place)).toThrow("another key");
    vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS", `${aKey()}, ${key}`);
    expect(openSecret(envelope, place)).toBe("secret");
  });

  test("wrapped anew opens with the new key alone, and once is enough", () => {
    const envelope = seal("secret", place);
    vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", aKey());
    vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS", key);
    const anew = rewrapSecret(envelope, place);
    expect(anew).toMatch(/^v2\./);
    vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS", "");
    expect(openSecret(anew ?? "", place)).toBe("secret");
    expect(rewrapSecret(anew ?? "", place)).toBeNull();
  });
});

test("a changed secret is not wrapped anew", () => {
  const parts = sealSecret("secret", place).split(".");
  parts[3] = sealSecret("secret", place).split(".")[3] ?? "";
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", aKey());
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS", key);
  expect(() => rewrapSecret(parts.join("."), place)).toThrow("cannot be read");
});

test("the key may stand in a file, the previous ones below it; a new one counts at once", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "keys-"));
  const file = path.join(folder, "key");
  const envelope = sealSecret("secret", place);
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", "");
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY_FILE", file);
  expect(() => openSecret(envelope, place)).toThrow("cannot be read");
  writeFileSync(file, `${key}\n`);
  expect(openSecret(envelope, place)).toBe("secret");
  writeFileSync(file, `${aKey()}\n${key}\n`);
  expect(rewrapSecret(envelope, place)).not.toBeNull();
  rmSync(folder, { recursive: true });
});

test.each(["", "v1", "v2", "v3.a.b.c", "v2.a.b.c", "v1.a.b.c.d", "v2.a.b"])("%j is no envelope", (text) => {
  expect(() => openSecret(text, place)).toThrow("cannot be read");
});

test.each(["", "short", randomBytes(31).toString("base64")])(
  "the key %j is refused, and the way to make one is said",
  (unfit) => {
    vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", unfit);
    expect(() => sealSecret("secret", place)).toThrow("openssl rand -base64 32");
  },
);

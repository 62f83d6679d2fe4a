import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { embeddedSecrets, productionSecrets, secretsAsEnvironment } from "./secrets.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "countersign-secrets-"));
const file = path.join(folder, "secrets.json");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const thirtyTwo = Buffer.alloc(32, 7).toString("base64");

describe("the embedded mode's secrets", () => {
  test("are made once, for their owner's eyes, and stay", () => {
    const made = embeddedSecrets(folder);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(embeddedSecrets(folder)).toEqual(made);
    expect(new Set(Object.values(made)).size).toBe(Object.keys(made).length);
  });

  test("are completed when a newer version needs one more, the old ones unchanged", () => {
    const { journalKey: _, ...older } = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify(older));
    expect(embeddedSecrets(folder)).toMatchObject(older);
    expect(embeddedSecrets(folder).journalKey).toBeTruthy();
  });

  test("are never replaced because their file is damaged", () => {
    writeFileSync(file, "{ half");
    expect(() => embeddedSecrets(folder)).toThrow("Put it back from a backup");
    expect(readFileSync(file, "utf8")).toBe("{ half");
  });
});

describe("production's secrets", () => {
  test("come from one, each its own and the same at every start", () => {
    const env = secretsAsEnvironment(productionSecrets({ COUNTERSIGN_SECRET: thirtyTwo }), {});
    expect(secretsAsEnvironment(productionSecrets({ COUNTERSIGN_SECRET: thirtyTwo }), {})).toEqual(env);
    expect(Buffer.from(env.COUNTERSIGN_ENCRYPTION_KEY ?? "", "base64")).toHaveLength(32);
    expect(env.NEXTAUTH_SECRET).toBe(env.COUNTERSIGN_SESSION_SECRET);
    expect(new Set(Object.values(env)).size).toBe(5);
  });

  test("set one by one, each stands", () => {
    const own = Buffer.alloc(32, 9).toString("base64");
    const given = { COUNTERSIGN_SECRET: thirtyTwo, COUNTERSIGN_AUDIT_SECRET: own };
    expect(secretsAsEnvironment(productionSecrets(given), given)).toMatchObject({
      COUNTERSIGN_AUDIT_SECRET: own,
    });
  });

  test("another encryption key than the one so far seals, and the one so far still opens", () => {
    const own = Buffer.alloc(32, 9).toString("base64");
    const derived = secretsAsEnvironment(productionSecrets({ COUNTERSIGN_SECRET: thirtyTwo }), {});
    const given = { COUNTERSIGN_SECRET: thirtyTwo, COUNTERSIGN_ENCRYPTION_KEY: own };
    expect(secretsAsEnvironment(productionSecrets(given), given)).toMatchObject({
      COUNTERSIGN_ENCRYPTION_KEY: own,
      COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS: derived.COUNTERSIGN_ENCRYPTION_KEY,
    });
    const keyFile = path.join(folder, "key");
    writeFileSync(keyFile, `${own}\n`);
    const filed = { COUNTERSIGN_SECRET: thirtyTwo, COUNTERSIGN_ENCRYPTION_KEY_FILE: keyFile };
    expect(secretsAsEnvironment(productionSecrets(filed), filed)).toMatchObject({
      COUNTERSIGN_ENCRYPTION_KEY: "",
      COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS: derived.COUNTERSIGN_ENCRYPTION_KEY,
    });
  });

  test.each([
    ["none", {}, "openssl rand -base64 32"],
    ["a short one", { COUNTERSIGN_SECRET: "swordfish" }, "COUNTERSIGN_SECRET: shorter than 32 bytes"],
    ["16 bytes in hexadecimal", { COUNTERSIGN_SECRET: "ab".repeat(16) }, "shorter than 32 bytes"],
    [
      "a short one beside a good one",
      { COUNTERSIGN_SECRET: thirtyTwo, NEXTAUTH_SECRET: "x" },
      "NEXTAUTH_SECRET",
    ],
    [
      "an encryption key of another length",
      { COUNTERSIGN_SECRET: thirtyTwo, COUNTERSIGN_ENCRYPTION_KEY: Buffer.alloc(48, 1).toString("base64") },
      "not 32 bytes in base64",
    ],
    [
      "a previous key that is none",
      { COUNTERSIGN_SECRET: thirtyTwo, COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS: `${thirtyTwo},x` },
      "COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS: not 32 bytes",
    ],
    [
      "a key file that is not there",
      { COUNTERSIGN_SECRET: thirtyTwo, COUNTERSIGN_ENCRYPTION_KEY_FILE: path.join(folder, "nothing") },
      "is not there",
    ],
  ])("%s: refused, with what to do", (_title, env, sentence) => {
    expect(() => productionSecrets(env)).toThrow(sentence);
  });
});

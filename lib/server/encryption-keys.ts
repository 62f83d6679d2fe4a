import "server-only";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { DomainError } from "@/lib/kernel/errors";

/** A key-encryption key, and the eight hexadecimal digits that name it in an envelope. */
export type EncryptionKey = { kid: string; key: Buffer };

const variable = "COUNTERSIGN_ENCRYPTION_KEY";
const howToMake = "Make one with: openssl rand -base64 32";

/**
 * The keys of this installation: the first seals, all of them open. From COUNTERSIGN_ENCRYPTION_KEY, else from the
 * file COUNTERSIGN_ENCRYPTION_KEY_FILE (a key a line), which is read again each time, so that a new one needs no
 * restart; then those of COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS. Throws `encryption_key_missing`.
 */
export function encryptionKeys(env: NodeJS.ProcessEnv = process.env): [EncryptionKey, ...EncryptionKey[]] {
  const given = env[variable] ? [env[variable]] : fromFile(env[`${variable}_FILE`]);
  const previous = (env[`${variable}_PREVIOUS`] ?? "").split(",");
  const [current, ...others] = [...given, ...previous.map((text) => text.trim()).filter(Boolean)].map(keyOf);
  if (!current || given.length === 0) throw unusable(`${variable} is not set`);
  return [current, ...others];
}

function fromFile(file: string | undefined): string[] {
  if (!file) return [];
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
  } catch {
    throw unusable(`${variable}_FILE names a file that cannot be read`);
  }
}

function keyOf(text: string): EncryptionKey {
  const key = Buffer.from(text, "base64");
  if (key.length !== 32) throw unusable(`${variable} must be 32 bytes in base64`);
  return { key, kid: createHash("sha256").update("kid").update(key).digest("hex").slice(0, 8) };
}

function unusable(why: string): DomainError {
  return new DomainError("unavailable", `Secrets cannot be kept: ${why}. ${howToMake}`, {
    code: "encryption_key_missing",
  });
}

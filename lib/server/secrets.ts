import "server-only";
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { DomainError } from "@/lib/kernel/errors";

const variable = "COUNTERSIGN_ENCRYPTION_KEY";

/** Where a sealed secret stands. It opens nowhere else: a row's secret copied to another row is noise. */
export type SecretPlace = { table: string; column: string; rowId: string };

/**
 * Encrypts a secret for one place with AES-256-GCM: `v1.<kid>.<iv>.<ciphertext and tag>`, base64url. The place and
 * the key's id are authenticated with it. Throws when COUNTERSIGN_ENCRYPTION_KEY (32 bytes, base64) is not set.
 */
export function sealSecret(plain: string, place: SecretPlace): string {
  const { key, kid } = encryptionKey();
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(aadOf(place, kid));
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return ["v1", kid, iv.toString("base64url"), sealed.toString("base64url")].join(".");
}

/** Decrypts what sealSecret made for the same place with the same key; throws on anything else, and says nothing of it. */
export function openSecret(envelope: string, place: SecretPlace): string {
  const { key, kid } = encryptionKey();
  const [version, sealedBy, iv, body, ...rest] = envelope.split(".");
  if (version !== "v1" || !iv || !body || rest.length > 0) throw unreadable("it is not an envelope of ours");
  if (sealedBy !== kid) throw unreadable(`it was sealed with another key than ${variable} holds now`);
  const sealed = Buffer.from(body, "base64url");
  const nonce = Buffer.from(iv, "base64url");
  if (nonce.length !== 12 || sealed.length < 16) throw unreadable("it is cut off");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 });
    decipher.setAAD(aadOf(place, kid)).setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString("utf8");
  } catch {
    throw unreadable("it was changed, or moved from another place");
  }
}

function aadOf({ table, column, rowId }: SecretPlace, kid: string): Buffer {
  return Buffer.from(`${table}|${column}|${rowId}|${kid}`, "utf8");
}

function encryptionKey(): { key: Buffer; kid: string } {
  const text = process.env[variable] ?? "";
  const key = Buffer.from(text, "base64");
  if (key.length !== 32) {
    throw new DomainError(
      "unavailable",
      text === ""
        ? `Secrets cannot be kept: ${variable} is not set. Make one with: openssl rand -base64 32`
        : `Secrets cannot be kept: ${variable} must be 32 bytes in base64. Make one with: openssl rand -base64 32`,
      { code: "encryption_key_missing" },
    );
  }
  return { key, kid: createHash("sha256").update("kid").update(key).digest("hex").slice(0, 8) };
}

function unreadable(why: string): DomainError {
  return new DomainError("unavailable", `A stored secret cannot be read: ${why}.`, {
    code: "secret_unreadable",
  });
}

import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { DomainError } from "@/lib/kernel/errors";
import { encryptionKeys, type EncryptionKey } from "./encryption-keys";

/** Where a sealed secret stands. It opens nowhere else: a row's secret copied to another row is noise. */
export type SecretPlace = { table: string; column: string; rowId: string };

/**
 * Encrypts a secret for one place, as an envelope `v2.<kid>.<wrapped key>.<secret>`: the secret under a random key of
 * its own, and that key under the installation's, each with AES-256-GCM. The place is authenticated with both, the
 * installation key's id with the wrapped key. Throws `encryption_key_missing`.
 */
export function sealSecret(plain: string, place: SecretPlace): string {
  const [current] = encryptionKeys();
  const own = randomBytes(32);
  const wrapped = encrypt(current.key, own, wrapAad(place, current.kid));
  return ["v2", current.kid, wrapped, encrypt(own, Buffer.from(plain, "utf8"), bodyAad(place))].join(".");
}

/** Decrypts what was sealed for the same place, with a key that is still known; throws on anything else, and says nothing of it. */
export function openSecret(envelope: string, place: SecretPlace): string {
  const parts = partsOf(envelope);
  if (parts.version === "v1") return openV1(parts, place);
  const own = unwrap(parts, place);
  return decrypt(own, parts.body, bodyAad(place)).toString("utf8");
}

/**
 * The same secret's envelope under the current key, or null when it is under it already. Only the wrapped key is made
 * anew; an envelope of the first form becomes one of the second. Throws as openSecret does.
 */
export function rewrapSecret(envelope: string, place: SecretPlace): string | null {
  const [current] = encryptionKeys();
  const parts = partsOf(envelope);
  if (parts.version === "v1") return sealSecret(openV1(parts, place), place);
  if (parts.kid === current.kid) return null;
  const own = unwrap(parts, place);
  // What does not open now must not get a good name by a new key.
  decrypt(own, parts.body, bodyAad(place));
  return ["v2", current.kid, encrypt(current.key, own, wrapAad(place, current.kid)), parts.body].join(".");
}

/** `first`: the wrapped key of v2, the iv of v1. */
type Parts = { version: "v1" | "v2"; kid: string; first: string; body: string };

function partsOf(envelope: string): Parts {
  const [version, kid, first, body, ...rest] = envelope.split(".");
  const isKnown = version === "v1" || version === "v2";
  if (!isKnown || !kid || !first || !body || rest.length > 0)
    throw unreadable("it is not an envelope of ours");
  return { version, kid, first, body };
}

function unwrap({ kid, first }: Parts, place: SecretPlace): Buffer {
  return decrypt(keyNamed(kid).key, first, wrapAad(place, kid));
}

// The first form: the secret under the installation's key itself, iv and text apart.
function openV1({ kid, first, body }: Parts, { table, column, rowId }: SecretPlace): string {
  const joined = Buffer.concat([bytesOf(first), bytesOf(body)]).toString("base64url");
  return decrypt(keyNamed(kid).key, joined, aad(`${table}|${column}|${rowId}|${kid}`)).toString("utf8");
}

function keyNamed(kid: string): EncryptionKey {
  const known = encryptionKeys().find((key) => key.kid === kid);
  if (!known) throw unreadable("it was sealed with another key than those in force now");
  return known;
}

const aad = (text: string) => Buffer.from(text, "utf8");
const bodyAad = ({ table, column, rowId }: SecretPlace) => aad(`v2|${table}|${column}|${rowId}`);
const wrapAad = ({ table, column, rowId }: SecretPlace, kid: string) =>
  aad(`v2|${table}|${column}|${rowId}|${kid}`);

function encrypt(key: Buffer, plain: Buffer, place: Buffer): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(place);
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

function decrypt(key: Buffer, sealed: string, place: Buffer): Buffer {
  const bytes = bytesOf(sealed);
  if (bytes.length < 28) throw unreadable("it is cut off");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(place).setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  } catch {
    throw unreadable("it was changed, or moved from another place");
  }
}

// Exactly one text stands for the same bytes: the bits that base64url leaves over are checked too.
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.toString("base64url") !== text) throw unreadable("it was changed");
  return bytes;
}

function unreadable(why: string): DomainError {
  return new DomainError("unavailable", `A stored secret cannot be read: ${why}.`, {
    code: "secret_unreadable",
  });
}

import { createHash } from "node:crypto";

const names = {
  session: "COUNTERSIGN_SESSION_SECRET",
  pepper: "COUNTERSIGN_KEY_PEPPER",
} as const;

/**
 * A secret of the installation. Throws when it is missing or too short to be one: signing with a guessable secret
 * would be worse than not starting.
 */
export function secretOf(name: keyof typeof names): string {
  const value = process.env[names[name]];
  if (!value || Buffer.byteLength(value) < 32) {
    throw new Error(`${names[name]} must hold at least 32 bytes; make one with: openssl rand -base64 32`);
  }
  return value;
}

/** SHA-256, hex: how one-time tokens of 256 random bits are stored, so that a dump of the database opens nothing. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

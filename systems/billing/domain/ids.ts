import { createHash, randomBytes } from "node:crypto";

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
let lastMs = 0;

/** The time-ordered part of an id: 9 base-36 digits of milliseconds, then 12 of entropy. */
function suffixAt(ms: number, entropy: Uint8Array): string {
  const tail = Array.from(entropy.subarray(0, 12), (byte) => alphabet[byte % 36]).join("");
  return ms.toString(36).padStart(9, "0") + tail.padEnd(12, "0");
}

/** A fresh suffix; two drawn by one process never share a millisecond, so order of drawing is order of ids. */
export function newSuffix(): string {
  lastMs = Math.max(Date.now(), lastMs + 1);
  return suffixAt(lastMs, randomBytes(12));
}

/** A fresh prefixed id such as `evt_0mi9k2x4a…`. */
export function newId(prefix: string): string {
  return `${prefix}_${newSuffix()}`;
}

/** The same suffix for the same name and time, for generated data. */
export function namedSuffix(name: string, ms: number): string {
  return suffixAt(ms, createHash("sha256").update(name).digest());
}

/** The part after the prefix, or undefined when the id does not carry that prefix. */
export function suffixOf(id: string, prefix: string): string | undefined {
  return id.startsWith(`${prefix}_`) && id.length > prefix.length + 1
    ? id.slice(prefix.length + 1)
    : undefined;
}

/** When an id was drawn, in milliseconds. */
export function timeOf(id: string, prefix: string): number {
  return Number.parseInt(suffixOf(id, prefix)?.slice(0, 9) ?? "", 36) || 0;
}

/** A number for an invoice made by a direct charge: derived from the request's key, so a retry finds the same one. */
export function oneOffNumber(key: string): string {
  const digits = createHash("sha256").update(key).digest("hex").slice(0, 16).toUpperCase();
  return `ONE-${digits.slice(0, 8)}-${digits.slice(8)}`;
}

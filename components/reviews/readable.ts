import type { JsonValue } from "@/lib/kernel/json";
import { isRecord } from "./is-record";

/** A value of hostile data as people read it. */
export type Readable =
  | { kind: "money"; amount: number; currency: string }
  | { kind: "moment"; at: string }
  | { kind: "text"; text: string };

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Money only in the API's own shape, `{ amount, currency }` in minor units and nothing else: a bare number may be in any
 * unit. A moment only with its offset. Undefined for what has parts.
 */
export function readableOf(value: JsonValue): Readable | undefined {
  if (isMoney(value)) return { kind: "money", ...value };
  if (typeof value === "string" && moment.test(value) && !Number.isNaN(Date.parse(value)))
    return { kind: "moment", at: value };
  if (typeof value === "object" && value !== null) return undefined;
  return { kind: "text", text: value === null ? "nothing" : String(value) };
}

function isMoney(value: JsonValue): value is { amount: number; currency: string } {
  if (!isRecord(value) || Object.keys(value).length !== 2) return false;
  const { amount, currency } = value;
  return Number.isSafeInteger(amount) && typeof currency === "string" && /^[A-Z]{3}$/.test(currency);
}

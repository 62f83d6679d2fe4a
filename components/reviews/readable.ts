import type { JsonValue } from "@/lib/kernel/json";
import { isRecord } from "./is-record";

/** A value of hostile data as people read it. */
export type Readable =
  | { kind: "money"; amount: number; currency: string }
  | { kind: "moment"; at: string }
  | { kind: "record"; id: string; href: string }
  | { kind: "text"; text: string };

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

// What of ours an app, or an undoing, may name and a person may want to open.
const records = /^(dec|exe)_[0-9a-z]{26}$/;
const pages: Record<string, string> = { dec: "/decisions", exe: "/executions" };

/**
 * Money only in the API's own shape, `{ amount, currency }` in minor units and nothing else: a bare number may be in any
 * unit. A moment only with its offset. A decision's or an execution's id leads to its page. Undefined for what has
 * parts.
 */
export function readableOf(value: JsonValue): Readable | undefined {
  if (isMoney(value)) return { kind: "money", ...value };
  if (typeof value === "string" && moment.test(value) && !Number.isNaN(Date.parse(value)))
    return { kind: "moment", at: value };
  const record = typeof value === "string" ? records.exec(value) : null;
  if (record?.[1]) return { kind: "record", id: record[0], href: `${pages[record[1]]}/${record[0]}` };
  if (typeof value === "object" && value !== null) return undefined;
  return { kind: "text", text: value === null ? "nothing" : String(value) };
}

function isMoney(value: JsonValue): value is { amount: number; currency: string } {
  if (!isRecord(value) || Object.keys(value).length !== 2) return false;
  const { amount, currency } = value;
  return Number.isSafeInteger(amount) && typeof currency === "string" && /^[A-Z]{3}$/.test(currency);
}

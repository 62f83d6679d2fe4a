import type { Ledger } from "@/lib/apps/schema";
import { atPointer, type JsonValue } from "@/lib/kernel/json";

/** One thing that a target's ledger says it did. */
export type LedgerEntry = { key: string; reference: string | null; amount: number | null };

export type LedgerPage = {
  entries: LedgerEntry[];
  /** Items without a key, which are not ours. */
  foreign: number;
  /** The path of the next page, or null at the end. */
  next: string | null;
};

export type Stretch = { fromMs: number; toMs: number };

/** The path of a ledger's first page for a stretch of time, in whole seconds; `isoOf` writes one as RFC 3339. */
export function firstLedgerPath(
  ledger: Ledger,
  { fromMs, toMs }: Stretch,
  isoOf: (seconds: number) => string,
): string {
  const textOf = (seconds: number) =>
    encodeURIComponent(ledger.time_format === "unix" ? String(seconds) : isoOf(seconds));
  return ledger.path
    .replaceAll("{from}", textOf(Math.floor(fromMs / 1000)))
    .replaceAll("{to}", textOf(Math.ceil(toMs / 1000)));
}

/** Thrown for a ledger's answer that does not look as its connector says. */
export class LedgerError extends Error {
  override name = "LedgerError";
}

/**
 * One page of a ledger, read as its connector says. `timeOf` reads a time of the target's, milliseconds. Throws
 * LedgerError where there is no list: an empty answer must not look like an empty ledger.
 */
export function readLedgerPage(
  ledger: Ledger,
  body: JsonValue,
  asked: { path: string; first: string; stretch: Stretch; timeOf: (value: JsonValue) => number | null },
): LedgerPage {
  const items = atPointer(body, ledger.items_pointer);
  if (!Array.isArray(items))
    throw new LedgerError(`There is no list at ${ledger.items_pointer || "the top"}`);
  const times = items.map((item) => timeAt(ledger, item, asked.timeOf));
  const within = items.filter((_, at) => isWithin(times[at] ?? null, asked.stretch));
  const entries = within.flatMap((item) => entryOf(ledger, item));
  const isPast = runsNewestFirst(times) && (times.at(-1) ?? Infinity) < asked.stretch.fromMs;
  return {
    entries,
    foreign: within.length - entries.length,
    next: isPast || items.length === 0 ? null : nextPath(ledger, { body, items, ...asked }),
  };
}

function timeAt(
  { time_pointer: pointer }: Ledger,
  item: JsonValue,
  timeOf: (value: JsonValue) => number | null,
): number | null {
  const value = pointer === null || pointer === undefined ? undefined : atPointer(item, pointer);
  return value === undefined ? null : timeOf(value);
}

// What does not say when it happened is looked at: leaving it out would hide it.
function isWithin(time: number | null, { fromMs, toMs }: Stretch): boolean {
  return time === null || (time >= fromMs && time < toMs);
}

function runsNewestFirst(times: (number | null)[]): boolean {
  return times.every((time, at) => time !== null && (at === 0 || time <= (times[at - 1] ?? Infinity)));
}

function entryOf(ledger: Ledger, item: JsonValue): LedgerEntry[] {
  const key = atPointer(item, ledger.key_pointer);
  if (typeof key !== "string" || key === "") return [];
  const reference = atPointer(item, ledger.reference_pointer);
  const amount = ledger.amount_pointer == null ? undefined : atPointer(item, ledger.amount_pointer);
  const isName = typeof reference === "string" || typeof reference === "number";
  return [
    {
      key: key.slice(0, 255),
      reference: isName ? String(reference).slice(0, 255) : null,
      amount: typeof amount === "number" && Number.isSafeInteger(amount) ? amount : null,
    },
  ];
}

function nextPath(
  { next }: Ledger,
  { body, items, path, first }: { body: JsonValue; items: JsonValue[]; path: string; first: string },
): string | null {
  if (!next) return null;
  if (next.by === "last_item") {
    const more = atPointer(body, next.has_more_pointer);
    if (typeof more !== "boolean")
      throw new LedgerError(`It does not say at ${next.has_more_pointer} whether there is more`);
    if (!more) return null;
    const path = withParameter(first, next.parameter, atPointer(items.at(-1) ?? null, next.pointer));
    // A part of a ledger must not pass for all of it: what is missing from it would be disputed.
    if (path === null)
      throw new LedgerError(`There is more, and its last item has nothing at ${next.pointer}`);
    return path;
  }
  const value = atPointer(body, next.pointer);
  if (next.by === "cursor") return withParameter(first, next.parameter, value);
  return typeof value === "string" && value !== "" && value !== path ? value : null;
}

function withParameter(path: string, name: string, value: JsonValue | undefined): string | null {
  if ((typeof value !== "string" && typeof value !== "number") || value === "") return null;
  const sign = path.includes("?") ? "&" : "?";
  return `${path}${sign}${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`;
}

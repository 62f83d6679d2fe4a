import { setTimeout as wait } from "node:timers/promises";
import type { Ledger } from "@/lib/apps/schema";
import type { JsonValue } from "@/lib/kernel/json";
import type { Connector } from "../connector";
import { firstLedgerPath, LedgerError, readLedgerPage, type Stretch } from "../ledger-page";

/** What a target's ledger says of one of our keys. */
export type LedgerItem = { reference: string | null; amount: number | null; times: number };
export type LedgerReading = { byKey: Map<string, LedgerItem>; foreign: number; entries: number };

/** A ledger and the door it is read through; `basePath` is the path of the connector's address, without a last slash. */
export type LedgerDoor = { door: Connector; basePath: string; ledger: Ledger };

const mostPages = 5000;
const mostEntries = 200_000;
const tries = 4;
const longestWaitMs = 30_000;

/**
 * Reads a target's ledger of a stretch of time, page by page, through the connector's own door. `onPage` is called
 * after each. Throws LedgerError when it cannot be read whole: a part of a ledger must not pass for all of it.
 */
export async function readLedger(
  { door, basePath, ledger }: LedgerDoor,
  stretch: Stretch,
  onPage: () => Promise<void>,
): Promise<LedgerReading> {
  const first = firstLedgerPath(ledger, stretch, isoOf);
  const reading: LedgerReading = { byKey: new Map(), foreign: 0, entries: 0 };
  let path: string | null = first;
  for (let pages = 0; path !== null; pages++) {
    if (pages >= mostPages || reading.entries > mostEntries) {
      throw new LedgerError(`It goes on beyond ${mostEntries} entries; compare a shorter time`);
    }
    const body = await getPage(door, path);
    const page = readLedgerPage(ledger, body, { path, first, stretch, timeOf });
    for (const { key, reference, amount } of page.entries) {
      const known = reading.byKey.get(key);
      reading.byKey.set(key, { reference, amount, times: (known?.times ?? 0) + 1 });
    }
    reading.foreign += page.foreign;
    reading.entries += page.entries.length;
    path = page.next === null ? null : underBase(page.next, basePath);
    await onPage();
  }
  return reading;
}

async function getPage(door: Connector, path: string): Promise<JsonValue> {
  for (let tried = 1; ; tried++) {
    const { answer } = await door.read(path, { actionKey: "", arguments: {} });
    if (answer.kind === "response" && answer.status === 200) {
      if (answer.body === undefined) throw new LedgerError("It answered 200 with a body that cannot be read");
      return answer.body;
    }
    const isPassing = answer.kind !== "response" || answer.status === 429 || answer.status >= 500;
    const said = answer.kind === "response" ? `It answered ${answer.status}` : answer.error;
    if (!isPassing || tried >= tries) throw new LedgerError(said);
    const asked = answer.kind === "response" ? (answer.retryAfterMs ?? 0) : 0;
    await wait(Math.min(longestWaitMs, Math.max(asked, 250 * 4 ** (tried - 1))));
  }
}

// A target's link leads nowhere but under the connector's own address: scheme and host are dropped, not followed.
function underBase(link: string, basePath: string): string {
  const url = new URL(link, "http://ledger.invalid");
  const isUnder = basePath !== "" && url.pathname.startsWith(`${basePath}/`);
  return (isUnder ? url.pathname.slice(basePath.length) : url.pathname) + url.search;
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000", "");
}

/** A target's time in milliseconds: unix seconds (or milliseconds, from their size), or RFC 3339. */
function timeOf(value: JsonValue): number | null {
  if (typeof value === "number") return value > 100_000_000_000 ? value : value * 1000;
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

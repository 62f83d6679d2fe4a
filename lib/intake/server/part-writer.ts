import { setImmediate } from "node:timers/promises";
import type { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { wasRefused } from "@/lib/server/problem";
import { refusalOf } from "./refusal-of";
import { composeWrite, type Entry, type IfUsed, type Written } from "./write-decisions";

/** What became of entries, by the id of their decision; in neither: its key was used before. */
export type Parts = { written: Map<string, Written>; refused: Map<string, DomainError> };

export type PartWriter = {
  /** Composes the statement of a part and sends it; comes back when the next one may be planned. */
  write: (part: readonly Entry[]) => Promise<void>;
  /**
   * All parts, once none is under way. Throws the first error that was not a refusal (the database is away, or somebody
   * held what a part needed): what was stored by then stays, and was heard by `onWritten`.
   */
  done: () => Promise<Parts>;
};

/**
 * A part so large is written as if all its keys were new, which saves the database a tenth of its work. Where one was
 * used the first such row ends it, and it is written again leaving out what was used.
 */
const mostlyNewFrom = 64;

/**
 * Writes a large set in parts, each by one statement that is a transaction by itself, `atOnce` of them under way: the
 * database writes while the next part is planned. What it refuses of one entry keeps no other out.
 */
export function partWriter(
  ctx: Context,
  { atOnce, onWritten }: { atOnce: number; onWritten: (entry: Entry) => void },
): PartWriter {
  const parts: Parts = { written: new Map(), refused: new Map() };
  const all: Promise<void>[] = [];
  const underWay = new Set<Promise<void>>();

  async function send(
    part: readonly Entry[],
    ifUsed: IfUsed,
    write = composeWrite(ctx, part, ifUsed),
  ): Promise<void> {
    try {
      for (const [id, one] of await write()) parts.written.set(id, one);
    } catch (error) {
      if (!wasRefused(error)) throw error;
      const [only] = part;
      if (ifUsed === "all fail") await send(part, "left out");
      else if (part.length === 1 && only) parts.refused.set(only.plan.id, refusalOf(ctx, error));
      else for (const entry of part) await send([entry], "left out");
      return;
    }
    for (const entry of part) if (parts.written.has(entry.plan.id)) onWritten(entry);
  }

  async function write(part: readonly Entry[]): Promise<void> {
    if (part.length === 0) return;
    const ifUsed = part.length < mostlyNewFrom ? "left out" : "all fail";
    const composed = composeWrite(ctx, part, ifUsed);
    while (underWay.size >= atOnce) await Promise.race(underWay);
    const sent = send(part, ifUsed, composed).finally(() => underWay.delete(sent));
    underWay.add(sent);
    all.push(sent);
    // Heard by `done`: until then a failure has nobody to hear it, and would end the process.
    sent.catch(() => undefined);
    // Lets the statement out before the next part is planned.
    await setImmediate();
  }

  async function done(): Promise<Parts> {
    const failed = (await Promise.allSettled(all)).find((each) => each.status === "rejected");
    if (failed) throw failed.reason;
    return parts;
  }

  return { write, done };
}

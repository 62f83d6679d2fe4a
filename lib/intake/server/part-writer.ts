import { setImmediate } from "node:timers/promises";
import type { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { wasDuplicate, wasRefused } from "@/lib/server/problem";
import { refusalOf } from "./refusal-of";
import type { Entry } from "./incoming-rows";
import { composeWrite, type IfUsed, type Written } from "./write-decisions";

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

export type PartWriterOptions = {
  /** One part after the other, where a later one may repeat what an earlier one says. */
  inOrder: boolean;
  /**
   * A part is first written as if none of its keys had been used, which is a tenth less work for the database; once one
   * had, nothing is any more.
   */
  allNew: boolean;
  onWritten: (entry: Entry) => void;
};

/**
 * Writes a large set in parts, each by one statement that is a transaction by itself, two of them under way: the
 * database writes while the next part is planned. What it refuses of one entry keeps no other out.
 */
export function partWriter(ctx: Context, { inOrder, allNew, onWritten }: PartWriterOptions): PartWriter {
  const atOnce = inOrder ? 1 : 2;
  const parts: Parts = { written: new Map(), refused: new Map() };
  const all: Promise<void>[] = [];
  const underWay = new Set<Promise<void>>();
  let ifUsed: IfUsed = allNew ? "all fail" : "left out";

  const compose = (part: readonly Entry[]) => ({ ifUsed, write: composeWrite(ctx, part, ifUsed) });

  async function send(part: readonly Entry[], composed = compose(part)): Promise<void> {
    try {
      for (const [id, one] of await composed.write()) parts.written.set(id, one);
    } catch (error) {
      if (!wasRefused(error)) throw error;
      // A repeat seldom comes alone.
      ifUsed = "left out";
      const [only] = part;
      if (composed.ifUsed === "all fail" && wasDuplicate(error)) await send(part);
      else if (part.length === 1 && only) parts.refused.set(only.plan.id, refusalOf(ctx, error));
      else for (const entry of part) await send([entry]);
      return;
    }
    for (const entry of part) if (parts.written.has(entry.plan.id)) onWritten(entry);
  }

  async function write(part: readonly Entry[]): Promise<void> {
    if (part.length === 0) return;
    const composed = compose(part);
    while (underWay.size >= atOnce) await Promise.race(underWay);
    const sent = send(part, composed).finally(() => underWay.delete(sent));
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

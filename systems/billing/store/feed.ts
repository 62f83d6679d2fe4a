import type { BillingEvent } from "../domain/types";
import { directoryKey, feedKey, feedSort } from "./keys";
import { createLocks } from "./locks";
import { absent, type Key, type Table } from "./table";

export type FeedItem = Key & { seq: number; event: BillingEvent };
export type Feed = Awaited<ReturnType<typeof openFeed>>;

/** The change feed: a log without gaps, ordered by `seq` from 1, each event in it once. */
export async function openFeed(table: Table) {
  const [newest] = await table.query<FeedItem>({ pk: "FEED", newestFirst: true, limit: 1 });
  let tail = newest?.seq ?? 0;
  const locks = createLocks();
  const listeners = new Set<() => void>();

  /**
   * Appends the event unless it is there. `since` is a tail from before the event existed: reading on from it, and
   * taking the next place only if nobody has, keeps the log free of gaps and doubles with any number of processes.
   */
  async function append(event: BillingEvent, since: number): Promise<void> {
    await locks.run("append", async () => {
      const later = await read(since);
      const there = later.find((item) => item.event.id === event.id);
      let at = (later.at(-1)?.seq ?? since) + 1;
      if (there) at = there.seq;
      while (!there && !(await table.putIf({ ...feedKey(at), seq: at, event }, absent))) {
        const taken = await table.get<FeedItem>(feedKey(at));
        if (taken?.event.id === event.id) break;
        at += 1;
      }
      tail = Math.max(tail, at);
      await table.put({ ...directoryKey("event", event.id), seq: at });
    });
    for (const listener of listeners) listener();
  }

  /** Events after `seq`, oldest first. */
  function read(seq: number, limit?: number): Promise<FeedItem[]> {
    return table.query<FeedItem>({ pk: "FEED", after: feedSort(seq), limit });
  }

  /** Events before `seq` (or the newest), newest first. */
  function readBack(limit: number, seq?: number): Promise<FeedItem[]> {
    return table.query<FeedItem>({
      pk: "FEED",
      before: seq === undefined ? undefined : feedSort(seq),
      newestFirst: true,
      limit,
    });
  }

  /** The event's place in the feed, or undefined. */
  async function place(id: string): Promise<number | undefined> {
    return (await table.get<{ seq: number }>(directoryKey("event", id)))?.seq;
  }

  /** Calls back after each append of this process; returns the way to stop. */
  function onAppend(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  return { append, read, readBack, place, onAppend, tail: () => tail };
}

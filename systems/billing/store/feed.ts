import type { BillingEvent } from "../domain/types";
import { directoryKey, feedKey, feedSort } from "./keys";
import { createLocks } from "./locks";
import { absent, type Key, type Table } from "./table";

export type FeedItem = Key & { seq: number; event: BillingEvent };
export type Feed = Awaited<ReturnType<typeof openFeed>>;

const remembered = 1000;

/** The change feed: a log without gaps, ordered by `seq` from 1, each event in it once. */
export async function openFeed(table: Table) {
  const [newest] = await table.query<FeedItem>({ pk: "FEED", newestFirst: true, limit: 1 });
  let tail = newest?.seq ?? 0;
  // The ids of the newest places, oldest first and without gaps up to `tail`.
  const recent: string[] = [];
  const locks = createLocks();
  const listeners = new Set<() => void>();

  /**
   * Appends the event unless it is there. `since` is a tail from before the event existed: looking at every place after
   * it, and taking the next one only if nobody has, keeps the log free of gaps and doubles with any number of processes.
   */
  async function append(event: BillingEvent, since: number): Promise<void> {
    await locks.run("append", async () => {
      if (await isAmong(event.id, since)) return;
      while (!(await table.putIf({ ...feedKey(tail + 1), seq: tail + 1, event }, absent))) {
        const taken = await table.get<FeedItem>(feedKey(tail + 1));
        if (taken) remember(taken.event.id);
        if (taken?.event.id === event.id) return;
      }
      remember(event.id);
    });
    for (const listener of listeners) listener();
  }

  async function isAmong(id: string, since: number): Promise<boolean> {
    if (since >= tail - recent.length) return recent.includes(id);
    const later = await read(since);
    return later.some((item) => item.event.id === id);
  }

  function remember(id: string): void {
    tail += 1;
    recent.push(id);
    if (recent.length > remembered) recent.shift();
  }

  /** Events after `seq`, oldest first. */
  function read(seq: number, limit?: number): Promise<FeedItem[]> {
    return table.query<FeedItem>({ pk: "FEED", after: feedSort(seq), limit });
  }

  /** Events before `seq` (or the newest), newest first. */
  function readBack(limit: number, seq?: number): Promise<FeedItem[]> {
    const before = seq === undefined ? undefined : feedSort(seq);
    return table.query<FeedItem>({ pk: "FEED", before, newestFirst: true, limit });
  }

  /** The event in its place, or undefined. */
  async function find(id: string): Promise<FeedItem | undefined> {
    const pointer = await table.get<{ since: number }>(directoryKey("event", id));
    let since = pointer?.since;
    while (since !== undefined) {
      const items: FeedItem[] = await read(since, 100);
      const found = items.find(({ event }) => event.id === id);
      if (found) return found;
      since = items.at(-1)?.seq;
    }
    return undefined;
  }

  /** Calls back after each append of this process; returns the way to stop. */
  function onAppend(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  return { append, read, readBack, find, onAppend, tail: () => tail };
}

import type { Feed, FeedItem } from "../store/feed";
import { cursorKey } from "../store/keys";
import type { Table } from "../store/table";

/** Something that follows the feed. `deliver` may be called again with an event it has had: it drops that by its id. */
export type Sink = { name: string; deliver: (item: FeedItem) => Promise<void> };

type Consumer = { close: () => Promise<void> };

const pollMs = 1000;
const batch = 50;
// Appends come in bursts: waiting a moment reads many at once.
const gatherMs = 20;

/** Delivers every event to the sink in order, at least once, from a cursor in the store; keeps trying on failure. */
export function startConsumer(table: Table, feed: Feed, sink: Sink): Consumer {
  let state: "running" | "closing" = "running";
  let seq: number | undefined;
  let failures = 0;
  let wake: () => void = () => undefined;
  const stopListening = feed.onAppend(() => wake());

  async function follow(): Promise<void> {
    while (state === "running") {
      // Awake before the read, so that an append during it is not slept through.
      const rest = sleepUntilWoken(Math.min(pollMs * 2 ** failures, 60_000));
      try {
        const count = await deliverNext();
        failures = 0;
        if (count === batch) wake();
      } catch (error) {
        failures = Math.min(failures + 1, 6);
        process.emitWarning(`billing: ${sink.name} will try again: ${String(error)}`);
      }
      await rest;
      await new Promise((resolve) => setTimeout(resolve, gatherMs));
    }
  }

  async function deliverNext(): Promise<number> {
    const from = (seq ??= (await table.get<{ seq: number }>(cursorKey(sink.name)))?.seq ?? 0);
    const items = await feed.read(from, batch);
    try {
      for (const item of items) {
        if (state !== "running") break;
        await sink.deliver(item);
        seq = item.seq;
      }
    } finally {
      if (seq > from) await table.put({ ...cursorKey(sink.name), seq });
    }
    return items.length;
  }

  function sleepUntilWoken(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms).unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const following = follow();
  return {
    close: async () => {
      state = "closing";
      stopListening();
      wake();
      await following;
    },
  };
}

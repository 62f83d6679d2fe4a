import type { Feed, FeedItem } from "../store/feed";
import { cursorKey } from "../store/keys";
import type { Table } from "../store/table";

/** Something that follows the feed. `deliver` may be called again with an event it has had: it drops that by its id. */
export type Sink = { name: string; deliver: (item: FeedItem) => Promise<void> };

export type Consumer = { close: () => Promise<void> };

const pollMs = 1000;
const batch = 100;

/** Delivers every event to the sink in order, at least once, from a cursor in the store; keeps trying on failure. */
export function startConsumer(table: Table, feed: Feed, sink: Sink): Consumer {
  let wake: () => void = () => undefined;
  let state: "running" | "closing" = "running";
  const stopListening = feed.onAppend(() => wake());

  async function follow(): Promise<void> {
    let failures = 0;
    let seq: number | undefined;
    while (state === "running") {
      try {
        seq ??= (await table.get<{ seq: number }>(cursorKey(sink.name)))?.seq ?? 0;
        // Awake before the read, so that an append during it is not slept through.
        const rest = sleepUntilWoken(Math.min(pollMs * 2 ** failures, 60_000));
        seq = await deliverAfter(seq);
        failures = 0;
        if (feed.tail() > seq) wake();
        await rest;
      } catch (error) {
        failures = Math.min(failures + 1, 6);
        process.emitWarning(`billing: ${sink.name} will try again: ${String(error)}`);
        await sleepUntilWoken(Math.min(pollMs * 2 ** failures, 60_000));
      }
    }
  }

  async function deliverAfter(seq: number): Promise<number> {
    let done = seq;
    for (const item of await feed.read(seq, batch)) {
      if (state !== "running") break;
      await sink.deliver(item);
      done = item.seq;
      await table.put({ ...cursorKey(sink.name), seq: done });
    }
    return done;
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

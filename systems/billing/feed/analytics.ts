import type { FeedItem } from "../store/feed";
import type { Sink } from "./consumer";
import { appendTo, readTail } from "./files";

/** Appends one JSON line an event: id, place, type, object, invoice, and the amount where there is one. */
export async function analyticsSink(file: string): Promise<Sink> {
  const before = await readTail(file);
  return {
    name: "analytics",
    deliver: async (item) => {
      if (!before.includes(`{"id":"${item.event.id}"`))
        await appendTo(file, `${JSON.stringify(lineOf(item))}\n`);
    },
  };
}

function lineOf({ seq, event }: FeedItem) {
  const { object } = event.data;
  const money = object.object === "comment" ? {} : { amount: object.amount, currency: object.currency };
  return {
    id: event.id,
    seq,
    type: event.type,
    created: event.created,
    object: object.id,
    invoice: object.invoice,
    ...money,
  };
}

import { timeOf } from "../domain/ids";
import type { Feed } from "./feed";
import { claimKey, directoryKey, headKey, pendingKey, recordKey, type Commit, type Head } from "./keys";
import type { Key, Table } from "./table";

/** The head as stored if nobody has replaced it since it was read, else undefined. This put commits every write. */
export async function replaceHead(table: Table, head: Head): Promise<Head | undefined> {
  const next = { ...head, version: head.version + 1 };
  const kept =
    head.version === 0
      ? await table.putIf(next, { expression: "attribute_not_exists(pk)" })
      : await table.putIf(next, {
          expression: "#version = :version",
          names: { "#version": "version" },
          values: { ":version": head.version },
        });
  return kept ? next : undefined;
}

export function readHead(table: Table, number: string): Promise<Head | undefined> {
  return table.get<Head>(headKey(number));
}

/** Spreads a head's committed writes over their own items and the feed. Any number of processes may, at any time. */
export async function settleHead(table: Table, feed: Feed, read: Head | undefined): Promise<void> {
  let head = read;
  while (head && head.pending.length > 0) {
    for (const commit of head.pending) await spread(table, feed, commit);
    if (await replaceHead(table, { ...head, pending: [] })) {
      await table.removeMany(head.pending.map(({ id }) => pendingKey(id)));
      return;
    }
    head = await readHead(table, head.pk);
  }
}

async function spread(
  table: Table,
  feed: Feed,
  { record, event, feedTail, ...commit }: Commit,
): Promise<void> {
  const { key, fingerprint, answer } = commit;
  await table.putMany([
    { ...recordKey(record), record },
    { ...claimKey(key), state: "done", fingerprint, answer },
    { ...directoryKey("event", event.id), since: feedTail },
  ]);
  await feed.append(event, feedTail);
}

/**
 * Settles the invoices whose last writer did not come to it. Markers younger than `ageMs` are left alone: their writers
 * may be between marker and commit.
 */
export async function recoverPending(table: Table, feed: Feed, ageMs: number): Promise<void> {
  const markers = await table.query<Key & { invoice: string }>({ pk: "PENDING" });
  const due = markers.filter(({ sk }) => Date.now() - timeOf(sk, "commit") >= ageMs);
  for (const { invoice } of due) await settleHead(table, feed, await readHead(table, invoice));
  await table.removeMany(due);
}

import { timeOf } from "../domain/ids";
import type { Feed } from "./feed";
import { claimKey, headKey, pendingKey, recordKey, type Commit, type Head } from "./keys";
import type { Key, Table } from "./table";

/** Replaces a head if nobody has since it was read; this put is the commit point of every write. */
export function replaceHead(table: Table, head: Head): Promise<boolean> {
  const next = { ...head, version: head.version + 1 };
  return head.version === 0
    ? table.putIf(next, { expression: "attribute_not_exists(pk)" })
    : table.putIf(next, {
        expression: "#version = :version",
        names: { "#version": "version" },
        values: { ":version": head.version },
      });
}

export function readHead(table: Table, number: string): Promise<Head | undefined> {
  return table.get<Head>(headKey(number));
}

/** Spreads an invoice's committed writes over their own items and the feed. Any number of processes may, at any time. */
export async function settleInvoice(table: Table, feed: Feed, number: string): Promise<void> {
  for (;;) {
    const head = await readHead(table, number);
    if (!head || head.pending.length === 0) return;
    for (const commit of head.pending) await spread(table, feed, commit);
    if (!(await replaceHead(table, { ...head, pending: [] }))) continue;
    await Promise.all(head.pending.map(({ id }) => table.remove(pendingKey(id))));
    return;
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
  ]);
  await feed.append(event, feedTail);
}

/**
 * Settles the invoices whose last writer did not come to it. Markers younger than `ageMs` are left alone: their writers
 * may be between marker and commit.
 */
export async function recoverPending(table: Table, feed: Feed, ageMs: number): Promise<void> {
  for (const marker of await table.query<Key & { invoice: string }>({ pk: "PENDING" })) {
    if (Date.now() - timeOf(marker.sk, "commit") < ageMs) continue;
    await settleInvoice(table, feed, marker.invoice);
    await table.remove(marker);
  }
}

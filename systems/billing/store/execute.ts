import { BillingError } from "../domain/errors";
import { newId, newSuffix } from "../domain/ids";
import type { BillingEvent, Change, Ledger, Stamp } from "../domain/types";
import type { Claim, Claims } from "./claims";
import type { Feed } from "./feed";
import { headKey, invoicePointer, pendingKey, pointersOf, type Answer, type Commit, type Head } from "./keys";
import type { Locks } from "./locks";
import { readHead, replaceHead, settleHead } from "./settle";
import type { Table } from "./table";

/**
 * How a write is atomic. dynalite has no TransactWriteItems, so on both it and AWS one conditional PutItem is the
 * commit: the invoice's head item (totals, what each charge holds, and a `pending` list with the new record, its event
 * and the answer to its idempotency key) is replaced if its version is the one read. Afterwards `settleHead` copies
 * the pending entries to their own items; a crash in between leaves them pending, and readers and recovery see them.
 * Pointers by id are put before the commit and believed only when the record is found.
 */
export type Write = {
  key: string;
  fingerprint: string;
  requestId: string;
  /** False when the key was made by the server, not sent by the client. */
  keySent: boolean;
  /** The invoice number to write to; throws a refusal when there is none. */
  find: () => Promise<string>;
  /** The change, or a thrown refusal; `ledger` is undefined when the invoice does not exist yet. */
  plan: (ledger: Ledger | undefined, stamp: Stamp, number: string) => Change;
};

export type Executed = Answer & { replayed: boolean };

export type Store = { table: Table; feed: Feed; claims: Claims; locks: Locks };

const replayOf = (answer: Answer): Executed => ({ ...answer, replayed: true });

/** Executes a write at most once for its key; a refusal after execution began is kept as the key's answer. */
export async function execute(store: Store, write: Write): Promise<Executed> {
  const claim = await store.claims.take(write.key, write.fingerprint);
  if ("status" in claim) return replayOf(claim);
  try {
    const number = await write.find();
    return await store.locks.run(number, () => commitOnce(store, write, claim, number));
  } catch (error) {
    // 409 is no answer to keep: another executor of the key will have one.
    if (!(error instanceof BillingError) || error.detail.status === 409) throw error;
    const answer = await store.claims.refuse(claim, { status: error.detail.status, body: error.body });
    return { ...answer, replayed: false };
  } finally {
    store.claims.release(claim);
  }
}

async function commitOnce(store: Store, write: Write, claim: Claim, number: string): Promise<Executed> {
  const { table, feed, claims } = store;
  const stamp: Stamp = { suffix: newSuffix(), at: Math.floor(Date.now() / 1000) };
  let fenced = claim.inherited === "no";
  for (;;) {
    const head = await readHead(table, number);
    if (head && !fenced) {
      // The key's former holder may have read this version and be about to commit on it: make that fail.
      fenced = (await replaceHead(table, head)) !== undefined;
      continue;
    }
    if (head && head.pending.length > 0) {
      await settleHead(table, feed, head);
      continue;
    }
    // After the head, not before: a former holder's commit is either in what was read here or fails on the version.
    const finished = await claims.finishedMeanwhile(claim);
    if (finished) return replayOf(finished);
    const change = write.plan(head?.ledger, stamp, number);
    const commit = commitOf(store, write, change);
    await table.putMany(pointersBefore(commit, change, head));
    const next = {
      ...headKey(number),
      ledger: change.ledger,
      version: head?.version ?? 0,
      pending: [commit],
    };
    const committed = await replaceHead(table, next);
    if (!committed) continue;
    await settleOrLeave(store, committed);
    return { ...commit.answer, replayed: false };
  }
}

function commitOf({ feed }: Store, write: Write, { record, eventType }: Change): Commit {
  const event: BillingEvent = {
    id: newId("evt"),
    object: "event",
    api_version: null,
    created: record.created,
    data: { object: record },
    livemode: false,
    pending_webhooks: 0,
    request: { id: write.requestId, idempotency_key: write.keySent ? write.key : null },
    type: eventType,
  };
  return {
    id: newId("commit"),
    key: write.key,
    fingerprint: write.fingerprint,
    record,
    event,
    feedTail: feed.tail(),
    answer: { status: 200, body: record },
  };
}

function pointersBefore(commit: Commit, change: Change, head: Head | undefined) {
  const marker = { ...pendingKey(commit.id), invoice: commit.record.invoice };
  const pointers = [...pointersOf(commit.record), marker];
  return head ? pointers : [...pointers, invoicePointer(change)];
}

async function settleOrLeave({ table, feed }: Store, head: Head): Promise<void> {
  try {
    await settleHead(table, feed, head);
  } catch (error) {
    // The write is committed and must be answered as such; its marker brings the next start back to it.
    process.emitWarning(`billing: settling ${head.pk} was put off: ${String(error)}`);
  }
}

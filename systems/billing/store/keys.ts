import { suffixOf } from "../domain/ids";
import type { BillingEvent, Change, Ledger, LedgerRecord } from "../domain/types";
import type { Item, Key } from "./table";

/** What a request was answered with, kept for its replays. */
export type Answer = { status: number; body: unknown };

/** One accepted write inside the head item: committed, and not yet spread over its own items. */
export type Commit = {
  id: string;
  key: string;
  fingerprint: string;
  record: LedgerRecord;
  event: BillingEvent;
  /** The feed's length when this was written: its event can only lie after it. */
  feedTail: number;
  answer: Answer;
};

export type Head = Key & { ledger: Ledger; version: number; pending: Commit[] };
export type Pointer = Key & { invoice: string; charge?: string };
export type RecordItem = Key & { record: LedgerRecord };

export const headKey = (number: string): Key => ({ pk: number, sk: "INVOICE" });
export const feedKey = (seq: number): Key => ({ pk: "FEED", sk: feedSort(seq) });
export const feedSort = (seq: number) => `EVENT#${String(seq).padStart(16, "0")}`;
export const cursorKey = (consumer: string): Key => ({ pk: `CONSUMER#${consumer}`, sk: "CURSOR" });
export const claimKey = (key: string): Key => ({ pk: `IDEMPOTENCY#${key}`, sk: "IDEMPOTENCY" });
export const pendingKey = (commit: string): Key => ({ pk: "PENDING", sk: commit });
export const seedKey: Key = { pk: "META", sk: "SEED" };
export const referencePartition = (actionKey: string) => `REFERENCE#${actionKey}`;

export type Listed = "invoice" | "charge" | "refund" | "comment" | "customer" | "event";
export const directoryKey = (kind: Listed, id: string): Key => ({ pk: `DIRECTORY#${kind}`, sk: id });

/** A record's own item, in its invoice's partition, in time order. */
export function recordKey(record: LedgerRecord): Key {
  return recordKeyOf(record.invoice, record.id);
}

export function recordKeyOf(number: string, id: string): Key {
  const comment = suffixOf(id, "cmt");
  return comment
    ? { pk: number, sk: `COMMENT#${comment}` }
    : { pk: number, sk: `TXN#${suffixOf(id, "ch") ?? suffixOf(id, "re") ?? id}` };
}

/** Where a record can be found by id and by our reference. */
export function pointersOf(record: LedgerRecord): Item[] {
  const invoice = record.invoice;
  if (record.object !== "refund") return [{ ...directoryKey(record.object, record.id), invoice }];
  const pointers: Item[] = [{ ...directoryKey("refund", record.id), invoice, charge: record.charge }];
  const reference = record.metadata.action_key;
  if (reference) pointers.push({ pk: referencePartition(reference), sk: record.id, invoice });
  return pointers;
}

/** The pointers of an invoice that a change has just made. */
export function invoicePointer({ ledger: { invoice } }: Change): Item {
  return { ...directoryKey("invoice", invoice.id), invoice: invoice.number };
}

import { missing } from "../domain/errors";
import { suffixOf } from "../domain/ids";
import type { Comment, Customer, Invoice, LedgerRecord, Transaction } from "../domain/types";
import {
  directoryKey,
  headKey,
  recordKeyOf,
  referencePartition,
  type Head,
  type Listed,
  type Pointer,
  type RecordItem,
} from "./keys";
import { readHead } from "./settle";
import type { Table } from "./table";

export type Page<T> = { data: T[]; has_more: boolean };
/** `endingBefore`: the page of newer ones right before that object, in place of the older ones after the other. */
type PageRequest = { limit: number; startingAfter?: string; endingBefore?: string };

/** The invoice's head by number or by `in_` id; throws 404. */
export async function getHead(table: Table, numberOrId: string, param = "id"): Promise<Head> {
  const head = await readHead(table, await numberOf(table, numberOrId, param));
  if (!head) throw missing("invoice", numberOrId, param);
  return head;
}

/** The number meant by a number or an `in_` id, whether or not that invoice exists; throws 404 for what cannot be one. */
export async function numberOf(table: Table, numberOrId: string, param = "id"): Promise<string> {
  if (!isPlausible(numberOrId)) throw missing("invoice", numberOrId, param);
  if (!numberOrId.startsWith("in_")) return numberOrId;
  const pointer = await findPointer(table, "invoice", numberOrId);
  if (!pointer) throw missing("invoice", numberOrId, param);
  return pointer.invoice;
}

/** The number of the invoice a charge belongs to; throws 404. */
export async function invoiceOfCharge(table: Table, charge: string): Promise<string> {
  const pointer = await findPointer(table, "charge", charge);
  if (!pointer) throw missing("charge", charge, "charge");
  return pointer.invoice;
}

export async function getCustomer(table: Table, id: string, param = "id"): Promise<Customer> {
  const item = isPlausible(id)
    ? await table.get<{ customer: Customer }>(directoryKey("customer", id))
    : undefined;
  if (!item) throw missing("customer", id, param);
  return item.customer;
}

/** A charge, refund or comment by id; throws 404. */
export async function getRecord(table: Table, kind: "charge" | "refund" | "comment", id: string) {
  const pointer = await findPointer(table, kind, id);
  const [record] = pointer ? await loadRecords(table, [pointer]) : [];
  if (!record) throw missing(kind, id);
  return record;
}

/** A charge or refund by its own id or by its balance transaction's (`txn_`). */
export async function getTransaction(table: Table, id: string): Promise<LedgerRecord> {
  const suffix = suffixOf(id, "txn");
  const candidates = suffix ? [`ch_${suffix}`, `re_${suffix}`] : [id];
  for (const candidate of candidates) {
    const kind = candidate.startsWith("re_") ? "refund" : "charge";
    const pointer = await findPointer(table, kind, candidate);
    const [record] = pointer ? await loadRecords(table, [pointer]) : [];
    if (record) return record;
  }
  throw missing("transaction", id);
}

/** All refunds that carry our reference, newest first: what a caller asks who does not know whether it was heard. */
export async function refundsByReference(table: Table, actionKey: string): Promise<LedgerRecord[]> {
  const pointers = await table.query<Pointer>({ pk: referencePartition(actionKey), newestFirst: true });
  return loadRecords(table, pointers);
}

/** Every charge or refund that is wanted, newest first, a page at a time. */
export async function listRecords(
  table: Table,
  kind: "charge" | "refund",
  page: PageRequest,
  isWanted: (record: LedgerRecord) => boolean,
): Promise<Page<LedgerRecord>> {
  return listDirectory(table, kind, page, async (pointers) =>
    (await loadRecords(table, pointers)).filter(isWanted),
  );
}

export async function listInvoices(table: Table, page: PageRequest): Promise<Page<Invoice>> {
  return listDirectory(table, "invoice", page, async (pointers) => {
    const heads = await table.getMany<Head>(pointers.map(({ invoice }) => headKey(invoice)));
    const byNumber = new Map(heads.map((head) => [head.pk, head.ledger.invoice]));
    return pointers.flatMap(({ invoice }) => byNumber.get(invoice) ?? []);
  });
}

export async function listCustomers(table: Table, page: PageRequest): Promise<Page<Customer>> {
  type CustomerItem = Pointer & { customer: Customer };
  return listDirectory(table, "customer", page, async (items) =>
    (items as CustomerItem[]).map(({ customer }) => customer),
  ); // the directory's customers carry themselves
}

/** One invoice's charges and refunds, newest first. */
export async function transactionsOf(table: Table, head: Head): Promise<Transaction[]> {
  const records = await ownRecords(table, head, "TXN#");
  return records.filter((record): record is Transaction => record.object !== "comment");
}

/** One invoice's comments, newest first. */
export async function commentsOf(table: Table, head: Head): Promise<Comment[]> {
  const records = await ownRecords(table, head, "COMMENT#");
  return records.filter((record): record is Comment => record.object === "comment");
}

/** A page of a list that is already in memory. */
export function pageOf<T extends { id: string }>(all: T[], page: PageRequest): Page<T> {
  const { limit, startingAfter, endingBefore } = page;
  if (endingBefore !== undefined) {
    const end = placeOf(all, endingBefore, "ending_before");
    return { data: all.slice(Math.max(0, end - limit), end), has_more: end > limit };
  }
  const from = startingAfter === undefined ? 0 : placeOf(all, startingAfter, "starting_after") + 1;
  return { data: all.slice(from, from + limit), has_more: all.length > from + limit };
}

function placeOf(all: { id: string }[], id: string, param: string): number {
  const at = all.findIndex((item) => item.id === id);
  if (at < 0) throw missing("object", id, param);
  return at;
}

function findPointer(table: Table, kind: Listed, id: string): Promise<Pointer | undefined> {
  return isPlausible(id) ? table.get<Pointer>(directoryKey(kind, id)) : Promise.resolve(undefined);
}

// DynamoDB answers a key that is empty or over 1 KB with an error of its own.
function isPlausible(id: string): boolean {
  return /^[\w.-]{1,100}$/.test(id);
}

async function ownRecords(table: Table, head: Head, prefix: "TXN#" | "COMMENT#"): Promise<LedgerRecord[]> {
  const items = await table.query<RecordItem>({
    pk: head.pk,
    after: prefix,
    before: `${prefix}~`,
    newestFirst: true,
  });
  const records = new Map(items.map(({ sk, record }) => [sk, record]));
  for (const { record } of head.pending) {
    const { sk } = recordKeyOf(record.invoice, record.id);
    if (sk.startsWith(prefix)) records.set(sk, record);
  }
  return [...records].toSorted(([a], [b]) => (a < b ? 1 : -1)).map(([, record]) => withBalance(record, head));
}

/** Pages through a directory, skipping pointers whose write never came to be. */
async function listDirectory<T>(
  table: Table,
  kind: Listed,
  { limit, startingAfter, endingBefore }: PageRequest,
  load: (pointers: Pointer[]) => Promise<T[]>,
): Promise<Page<T>> {
  const pk = directoryKey(kind, "").pk;
  const isBackwards = endingBefore !== undefined;
  let cursor = endingBefore ?? startingAfter;
  if (cursor !== undefined && !(await findPointer(table, kind, cursor))) {
    throw missing(kind, cursor, isBackwards ? "ending_before" : "starting_after");
  }
  const data: T[] = [];
  while (data.length <= limit) {
    const wanted = limit + 1 - data.length;
    const range = isBackwards ? { after: cursor } : ({ before: cursor, newestFirst: true } as const);
    const pointers = await table.query<Pointer>({ pk, ...range, limit: wanted });
    data.push(...(await load(pointers)));
    cursor = pointers.at(-1)?.sk;
    if (pointers.length < wanted) break;
  }
  const page = data.slice(0, limit);
  return { data: isBackwards ? page.toReversed() : page, has_more: data.length > limit };
}

/** The records behind pointers, in their order. Heads first: what is not pending there has its own item by then. */
async function loadRecords(table: Table, pointers: Pointer[]): Promise<LedgerRecord[]> {
  const numbers = [...new Set(pointers.map(({ invoice }) => invoice))];
  const heads = new Map((await table.getMany<Head>(numbers.map(headKey))).map((head) => [head.pk, head]));
  const keys = pointers.map(({ invoice, sk }) => recordKeyOf(invoice, sk));
  const items = await table.getMany<RecordItem>(keys);
  const own = new Map(items.map(({ record }) => [record.id, record]));
  return pointers.flatMap(({ invoice, sk: id }) => {
    const head = heads.get(invoice);
    const record = head?.pending.find((commit) => commit.record.id === id)?.record ?? own.get(id);
    return head && record ? [withBalance(record, head)] : [];
  });
}

// What a charge has given back is a figure of the head; its own item is written once.
function withBalance(record: LedgerRecord, head: Head): LedgerRecord {
  if (record.object !== "charge") return record;
  const balance = head.ledger.charges[record.id];
  if (!balance) return record;
  return {
    ...record,
    amount_refunded: balance.amount_refunded,
    refunded: balance.amount_refunded === balance.amount,
  };
}

import { invalid, missing } from "../domain/errors";
import type { LedgerRecord } from "../domain/types";
import type { Store } from "../store/execute";
import type { Feed, FeedItem } from "../store/feed";
import * as read from "../store/read";
import type { Tree } from "./parse";
import { invoiceBody, listBody } from "./present";
import { type Created, ListCharges, ListPage, ListRefunds, parseParameters } from "./schema";

type PageParameters = { limit: number; starting_after?: string; ending_before?: string };

function pageOf({ limit, starting_after, ending_before }: PageParameters) {
  if (starting_after !== undefined && ending_before !== undefined) {
    throw invalid("parameter_invalid", "Give starting_after or ending_before, not both.", "ending_before");
  }
  return { limit, startingAfter: starting_after, endingBefore: ending_before };
}

export async function listInvoices({ table }: Store, parameters: Tree) {
  const { data, has_more } = await read.listInvoices(table, pageOf(parseParameters(ListPage, parameters)));
  return listBody("/v1/invoices", { data: data.map(invoiceBody), has_more });
}

export async function getInvoice({ table }: Store, number: string) {
  return invoiceBody((await read.getHead(table, number)).ledger.invoice);
}

export async function listTransactions({ table }: Store, parameters: Tree, number: string) {
  const page = pageOf(parseParameters(ListPage, parameters));
  const head = await read.getHead(table, number);
  return listBody(
    `/v1/invoices/${head.pk}/transactions`,
    read.pageOf(await read.transactionsOf(table, head), page),
  );
}

export async function listComments({ table }: Store, parameters: Tree, number: string) {
  const page = pageOf(parseParameters(ListPage, parameters));
  const head = await read.getHead(table, number);
  return listBody(`/v1/invoices/${head.pk}/comments`, read.pageOf(await read.commentsOf(table, head), page));
}

export async function listCharges({ table }: Store, parameters: Tree) {
  const { invoice, created, ...request } = parseParameters(ListCharges, parameters);
  const page = pageOf(request);
  const isWanted = within(created);
  if (!invoice) return listBody("/v1/charges", await read.listRecords(table, "charge", page, isWanted));
  const head = await read.getHead(table, invoice, "invoice");
  const charges = (await read.transactionsOf(table, head)).filter(
    (record) => record.object === "charge" && isWanted(record),
  );
  return listBody("/v1/charges", read.pageOf(charges, page));
}

export async function listRefunds(store: Store, parameters: Tree) {
  const request = parseParameters(ListRefunds, parameters);
  const page = pageOf(request);
  const narrowed = await narrowRefunds(store, request);
  const isWanted = within(request.created);
  return listBody(
    "/v1/refunds",
    narrowed
      ? read.pageOf(narrowed.filter(isWanted), page)
      : await read.listRecords(store.table, "refund", page, isWanted),
  );
}

/** True for what was made in a span of seconds since 1970. */
function within({ gt = -1, gte = 0, lt = Infinity, lte = Infinity }: Created = {}) {
  return ({ created }: LedgerRecord) => created > gt && created >= gte && created < lt && created <= lte;
}

type RefundFilter = { charge?: string; invoice?: string; metadata?: { action_key: string } };

/** The refunds a filter leaves, or undefined when there is no filter. */
async function narrowRefunds({ table }: Store, { charge, invoice, metadata }: RefundFilter) {
  const number = charge ? await read.invoiceOfCharge(table, charge) : undefined;
  const head = invoice || number ? await read.getHead(table, invoice ?? number ?? "", "invoice") : undefined;
  let refunds: LedgerRecord[];
  if (metadata) refunds = await read.refundsByReference(table, metadata.action_key);
  else if (head) refunds = await read.transactionsOf(table, head);
  else return undefined;
  return refunds.filter(
    (record) =>
      record.object === "refund" &&
      (!charge || record.charge === charge) &&
      (!head || record.invoice === head.pk),
  );
}

export async function listCustomers({ table }: Store, parameters: Tree) {
  return listBody(
    "/v1/customers",
    await read.listCustomers(table, pageOf(parseParameters(ListPage, parameters))),
  );
}

export async function listEvents({ feed }: Store, parameters: Tree) {
  const { limit, startingAfter, endingBefore } = pageOf(parseParameters(ListPage, parameters));
  const items = endingBefore
    ? await feed.read((await findEvent(feed, endingBefore, "ending_before")).seq, limit + 1)
    : await feed.readBack(
        limit + 1,
        startingAfter ? (await findEvent(feed, startingAfter, "starting_after")).seq : undefined,
      );
  const page = items.slice(0, limit).map(({ event }) => event);
  const data = endingBefore ? page.toReversed() : page;
  return listBody("/v1/events", { data, has_more: items.length > limit });
}

export async function getEvent({ feed }: Store, id: string) {
  return (await findEvent(feed, id, "id")).event;
}

async function findEvent(feed: Feed, id: string, param: string): Promise<FeedItem> {
  const item = /^evt_\w{1,60}$/.test(id) ? await feed.find(id) : undefined;
  if (!item) throw missing("event", id, param);
  return item;
}

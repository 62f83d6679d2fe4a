import { generateCustomers, generateInvoices, type GeneratedInvoice } from "../domain/seed";
import { directoryKey, headKey, pointersOf, recordKey, seedKey } from "./keys";
import type { Item, Table } from "./table";

/** Fills an empty store with generated invoices, once; nothing is served before it has finished. */
export async function seedStore(table: Table, count: number): Promise<void> {
  if (await table.get(seedKey)) return;
  const items: Item[] = [
    ...generateCustomers().map((customer) => ({ ...directoryKey("customer", customer.id), customer })),
    ...generateInvoices(count).flatMap(itemsOf),
  ];
  const share = Math.ceil(items.length / 4);
  await Promise.all([0, 1, 2, 3].map((part) => table.putMany(items.slice(part * share, (part + 1) * share))));
  await table.put({ ...seedKey, invoices: count });
}

function itemsOf({ ledger, transactions }: GeneratedInvoice): Item[] {
  const { invoice } = ledger;
  return [
    { ...headKey(invoice.number), ledger, version: 1, pending: [] },
    { ...directoryKey("invoice", invoice.id), invoice: invoice.number },
    ...transactions.flatMap((record) => [...pointersOf(record), { ...recordKey(record), record }]),
  ];
}

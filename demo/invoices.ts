import type { InvoiceFacts } from "./refunds/requests";

type Page = {
  has_more: boolean;
  data: { id: string; number: string; customer: string; amount_paid: number; currency: string }[];
};

/** The billing system's paid invoices in euros, the desk's currency, read over its own API. */
export async function readInvoices(base: string, key: string): Promise<InvoiceFacts[]> {
  const invoices: InvoiceFacts[] = [];
  let after = "";
  for (let page = 0; page < 50; page++) {
    const response = await fetch(`${base}/v1/invoices?limit=100${after}`, {
      headers: { Authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`billing answered ${response.status} to a list of invoices`);
    const { data, has_more: hasMore } = (await response.json()) as Page;
    for (const invoice of data) {
      if (invoice.amount_paid > 0 && invoice.currency === "eur")
        invoices.push({
          number: invoice.number,
          customer: invoice.customer,
          paid: invoice.amount_paid,
          currency: invoice.currency,
        });
    }
    const last = data.at(-1);
    if (!hasMore || !last) break;
    after = `&starting_after=${encodeURIComponent(last.id)}`;
  }
  // The generator picks by place: the order must be the same at every start.
  return invoices.toSorted((a, b) => a.number.localeCompare(b.number));
}

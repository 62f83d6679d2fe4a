import type { Invoice } from "../domain/types";
import type { Page } from "../store/read";

/** A page in Stripe's list envelope. */
export function listBody<T>(url: string, { data, has_more }: Page<T>) {
  return { object: "list", url, has_more, data };
}

/** The stored invoice with its lines in a list envelope. */
export function invoiceBody(invoice: Invoice) {
  const url = `/v1/invoices/${invoice.number}/lines`;
  return { ...invoice, lines: listBody(url, { data: invoice.lines, has_more: false }) };
}

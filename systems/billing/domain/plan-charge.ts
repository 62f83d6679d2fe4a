import { BillingError, invalid } from "./errors";
import { formatMoney } from "./money";
import type { Change, Charge, Customer, Invoice, Ledger, Metadata, Stamp } from "./types";

export type ChargeRequest = {
  /** Minor units; without it all the invoice still lacks. */
  amount?: number;
  currency?: string;
  description?: string;
  /** A test card: `tok_visa` succeeds, `tok_chargeDeclined` is declined. */
  source?: string;
  metadata: Metadata;
};

// A head item must stay far below DynamoDB's 400 KB, and every charge adds about 80 bytes to it.
const maxCharges = 1000;

/** The ledger after charging what an invoice lacks. Throws BillingError when paid, too much, or declined. */
export function planCharge(ledger: Ledger, request: ChargeRequest, stamp: Stamp): Change {
  const { invoice } = ledger;
  if (request.currency && request.currency !== invoice.currency) {
    throw invalid(
      "currency_mismatch",
      `The invoice is in ${invoice.currency}, not ${request.currency}.`,
      "currency",
    );
  }
  if (invoice.amount_remaining <= 0) {
    throw invalid("invoice_already_paid", `Invoice ${invoice.number} is already paid.`, "invoice");
  }
  const amount = request.amount ?? invoice.amount_remaining;
  if (amount > invoice.amount_remaining) throw overCharge(amount, invoice);
  if (Object.keys(ledger.charges).length >= maxCharges) {
    throw invalid(
      "too_many_charges",
      `Invoice ${invoice.number} already has ${maxCharges} charges.`,
      "invoice",
    );
  }
  refuseDeclinedCard(request.source);
  const charge = chargeRecord(invoice, amount, request, stamp);
  return {
    ledger: {
      invoice: payInvoice(invoice, amount, stamp.at),
      charges: { ...ledger.charges, [charge.id]: { amount, amount_refunded: 0 } },
    },
    record: charge,
    eventType: "charge.succeeded",
  };
}

/** A direct charge to a customer: a one-line invoice of that amount, paid at once. */
export function planOneOffCharge(
  customer: Customer,
  number: string,
  request: ChargeRequest & { amount: number; currency: string },
  stamp: Stamp,
): Change {
  const description = request.description ?? "Direct charge";
  const invoice = draftInvoice({
    number,
    suffix: stamp.suffix,
    customer,
    currency: request.currency,
    created: stamp.at,
    lines: [{ description, quantity: 1, amount: request.amount }],
    metadata: {},
  });
  return planCharge({ invoice, charges: {} }, request, stamp);
}

type InvoiceDraft = {
  number: string;
  suffix: string;
  customer: Customer;
  currency: string;
  created: number;
  lines: { description: string; quantity: number; amount: number }[];
  metadata: Metadata;
};

/** An open invoice with nothing paid; times in Unix seconds. */
export function draftInvoice({ customer, currency, created, ...draft }: InvoiceDraft): Invoice {
  const total = draft.lines.reduce((sum, line) => sum + line.amount, 0);
  return {
    id: `in_${draft.suffix}`,
    object: "invoice",
    number: draft.number,
    status: "open",
    currency,
    created,
    due_date: created + 30 * 86_400,
    description: null,
    customer: customer.id,
    customer_name: customer.name,
    customer_email: customer.email,
    billing_reason: "manual",
    collection_method: "charge_automatically",
    subtotal: total,
    total,
    amount_due: total,
    amount_paid: 0,
    amount_remaining: total,
    amount_refunded: 0,
    lines: draft.lines.map((line, index) => ({
      id: `il_${draft.suffix}${index}`,
      object: "line_item",
      ...line,
      currency,
      period: { start: created, end: created + 30 * 86_400 },
      metadata: {},
      livemode: false,
    })),
    status_transitions: { finalized_at: created, paid_at: null },
    livemode: false,
    metadata: draft.metadata,
  };
}

function payInvoice(invoice: Invoice, amount: number, at: number): Invoice {
  const remaining = invoice.amount_remaining - amount;
  const paid: Invoice = {
    ...invoice,
    amount_paid: invoice.amount_paid + amount,
    amount_remaining: remaining,
  };
  if (remaining > 0) return paid;
  return { ...paid, status: "paid", status_transitions: { ...invoice.status_transitions, paid_at: at } };
}

function chargeRecord(invoice: Invoice, amount: number, request: ChargeRequest, stamp: Stamp): Charge {
  return {
    id: `ch_${stamp.suffix}`,
    object: "charge",
    amount,
    amount_captured: amount,
    amount_refunded: 0,
    balance_transaction: `txn_${stamp.suffix}`,
    captured: true,
    created: stamp.at,
    currency: invoice.currency,
    customer: invoice.customer,
    description: request.description ?? null,
    disputed: false,
    failure_code: null,
    failure_message: null,
    invoice: invoice.number,
    livemode: false,
    metadata: request.metadata,
    paid: true,
    receipt_email: invoice.customer_email,
    refunded: false,
    status: "succeeded",
  };
}

function overCharge(amount: number, { amount_remaining, currency }: Invoice): BillingError {
  const asked = formatMoney(amount, currency);
  const lacks = formatMoney(amount_remaining, currency);
  return invalid(
    "amount_too_large",
    `Charge amount (${asked}) is greater than the amount remaining (${lacks})`,
    "amount",
  );
}

function refuseDeclinedCard(source: string | undefined): void {
  if (source === undefined || source === "tok_visa") return;
  if (source !== "tok_chargeDeclined")
    throw invalid("resource_missing", `No such token: '${source}'`, "source");
  throw new BillingError({
    status: 402,
    type: "card_error",
    code: "card_declined",
    decline_code: "generic_decline",
    message: "Your card was declined.",
    param: "source",
  });
}

import { draftInvoice, planCharge } from "./plan-charge";
import { namedSuffix } from "./ids";
import { planRefund } from "./plan-refund";
import type { Customer, Ledger, Transaction } from "./types";

export type GeneratedInvoice = { ledger: Ledger; transactions: Transaction[] };

const firstDay = Date.UTC(2026, 0, 5, 9);
const spanMs = 300 * 86_400_000;
const generated = { generated: "true" };

// Invented firms on the reserved .example domain: no mail can reach anybody.
const firms = [
  ["Alder & Finch Bookshop", "alder-finch"],
  ["Basalt Climbing Hall", "basalt"],
  ["Cobblestone Bakery", "cobblestone"],
  ["Drift Coffee Roasters", "drift"],
  ["Ember Ceramics", "ember"],
  ["Fjord Kayak Tours", "fjord"],
  ["Gable Architects", "gable"],
  ["Harbour Street Dental", "harbour-street"],
  ["Inkwell Print Studio", "inkwell"],
  ["Juniper Garden Supply", "juniper"],
  ["Kestrel Freight", "kestrel"],
  ["Lantern Theatre", "lantern"],
  ["Müller Feinmechanik", "mueller"],
  ["Northlight Optics", "northlight"],
  ["Orchard Veterinary", "orchard"],
  ["Pėda Footwear", "peda"],
] as const;

const goods = [
  ["Team plan, monthly", 4900],
  ["Additional seat", 1200],
  ["Priority support", 9900],
  ["Onboarding workshop", 45000],
  ["Archive storage, 100 GB", 700],
  ["Data export", 2500],
  ["Hardware key", 3850],
  ["Annual licence", 119000],
] as const;

/** The generated customers, always the same. */
export function generateCustomers(): Customer[] {
  return firms.map(([name, domain], index) => ({
    id: `cus_${namedSuffix(domain, firstDay)}`,
    object: "customer",
    created: firstDay / 1000,
    currency: index % 2 ? "usd" : "eur",
    email: `accounts@${domain}.example`,
    name,
    livemode: false,
    metadata: generated,
  }));
}

/** `count` invoices INV-0001…, always the same: each with one paid charge, some partly or fully refunded. */
export function generateInvoices(count: number): GeneratedInvoice[] {
  const customers = generateCustomers();
  return Array.from({ length: count }, (_, index) => generateInvoice(customers, index, count));
}

function generateInvoice(customers: Customer[], index: number, count: number): GeneratedInvoice {
  const draw = randomFrom(index + 1);
  const number = `INV-${String(index + 1).padStart(4, "0")}`;
  const ms = firstDay + Math.floor((spanMs / count) * index);
  const customer = pick(customers, draw);
  const invoice = draftInvoice({
    number,
    suffix: namedSuffix(number, ms),
    customer,
    currency: customer.currency,
    created: Math.floor(ms / 1000),
    lines: drawLines(draw),
    metadata: generated,
  });
  // One in twenty has paid a deposit only, so that charging can be tried too.
  const amount = index % 20 === 13 ? Math.ceil(invoice.total / 2) : invoice.total;
  const stamp = (days: number) => ({
    suffix: namedSuffix(`${number}/${days}`, ms + days * 86_400_000),
    at: Math.floor(ms / 1000) + days * 86_400,
  });
  const paid = planCharge({ invoice, charges: {} }, { amount, metadata: generated }, stamp(1));
  const charge = paid.record as Transaction; // planCharge adds a charge
  const refund = refundAmount(index, amount);
  if (!refund) return { ledger: paid.ledger, transactions: [charge] };
  const refunded = planRefund(
    paid.ledger,
    { amount: refund, reason: "requested_by_customer", metadata: generated },
    stamp(3),
  );
  return { ledger: refunded.ledger, transactions: [charge, refunded.record as Transaction] }; // planRefund adds a refund
}

function refundAmount(index: number, amount: number): number {
  if (index % 25 === 6) return amount;
  return index % 10 === 4 ? Math.max(1, Math.floor(amount / 4)) : 0;
}

function drawLines(draw: () => number) {
  const size = 1 + Math.floor(draw() * 4);
  return Array.from({ length: size }, () => {
    const [description, price] = pick(goods, draw);
    const quantity = price > 10_000 ? 1 : 1 + Math.floor(draw() * 5);
    return { description, quantity, amount: price * quantity };
  });
}

function pick<T>(from: readonly T[], draw: () => number): T {
  const chosen = from[Math.floor(draw() * from.length)];
  if (chosen === undefined) throw new Error("nothing to pick from");
  return chosen;
}

// mulberry32: a small public-domain generator; the same seed always draws the same numbers.
function randomFrom(seed: number): () => number {
  let state = (seed * 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

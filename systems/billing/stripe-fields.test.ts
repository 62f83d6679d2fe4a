import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { planRefund } from "./domain/plan-refund";
import { generateCustomers, generateInvoices } from "./domain/seed";
import { invoiceBody } from "./http/present";

const published = fileURLToPath(
  new URL("../../../shared/data/conformance/stripe-objects.json", import.meta.url),
);

// Ours on top: what an invoice and a refund are asked about here, and what Stripe's older versions had on a charge.
const additions: Record<string, string[]> = {
  invoice: ["amount_refunded"],
  charge: ["invoice"],
  refund: ["invoice"],
  customer: [],
};

const missing = existsSync(published)
  ? ""
  : " (skipped: Stripe's published objects are not in this checkout)";

test.skipIf(missing !== "")(`every field is one of Stripe's, of the same kind${missing}`, () => {
  const theirs = JSON.parse(readFileSync(published, "utf8")) as Record<string, Record<string, unknown>>; // its known shape
  const [first] = generateInvoices(1);
  const [charge] = first?.transactions ?? [];
  if (!first || !charge) throw new Error("the seed made no invoice");
  const refund = planRefund(first.ledger, { amount: 1, metadata: {} }, { suffix: "0", at: 1 }).record;
  for (const object of [invoiceBody(first.ledger.invoice), charge, refund, ...generateCustomers()]) {
    const model = theirs[object.object] ?? {};
    for (const [name, value] of Object.entries(object)) {
      if (additions[object.object]?.includes(name)) continue;
      expect(model, `${object.object}.${name}`).toHaveProperty(name);
      if (value !== null && model[name] !== null) expect(typeof value).toBe(typeof model[name]);
    }
  }
});

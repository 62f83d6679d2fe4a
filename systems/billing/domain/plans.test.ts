import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BillingError } from "./errors";
import { planCharge } from "./plan-charge";
import { planRefund } from "./plan-refund";
import { generateInvoices } from "./seed";
import type { Ledger, Refund } from "./types";

const stamp = { suffix: "0test", at: 1_790_000_000 };

function aPaidLedger(): { ledger: Ledger; charge: string; amount: number } {
  const generated = generateInvoices(1)[0];
  const charge = generated?.transactions[0];
  if (!generated || !charge) throw new Error("the seed made no invoice");
  return { ledger: generated.ledger, charge: charge.id, amount: charge.amount };
}

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof BillingError) return error.detail.code;
    throw error;
  }
  return undefined;
}

describe("a refund", () => {
  test("without an amount gives back all the charge still holds", () => {
    const { ledger, charge, amount } = aPaidLedger();
    const half = planRefund(ledger, { charge, amount: 100, metadata: {} }, stamp);
    const rest = planRefund(half.ledger, { charge, metadata: {} }, stamp);
    expect((rest.record as Refund).amount).toBe(amount - 100);
    expect(rest.ledger.invoice.amount_refunded).toBe(amount);
    expect(codeOf(() => planRefund(rest.ledger, { charge, metadata: {} }, stamp))).toBe(
      "charge_already_refunded",
    );
  });

  test("of more than the charge holds, of an unknown charge, or in another currency is refused", () => {
    const { ledger, charge, amount } = aPaidLedger();
    const refuse = (request: object) => codeOf(() => planRefund(ledger, { metadata: {}, ...request }, stamp));
    expect(refuse({ charge, amount: amount + 1 })).toBe("amount_too_large");
    expect(refuse({ charge: "ch_other" })).toBe("resource_missing");
    expect(refuse({ charge: "constructor" })).toBe("resource_missing");
    expect(refuse({ charge, currency: "jpy" })).toBe("currency_mismatch");
  });

  test("never leaves a charge below zero, whatever is asked in whatever order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3_000_00 }), { maxLength: 30 }), (amounts) => {
        let { ledger } = aPaidLedger();
        const { charge, amount } = aPaidLedger();
        let given = 0;
        for (const asked of amounts) {
          const code = codeOf(() => {
            ledger = planRefund(ledger, { charge, amount: asked, metadata: {} }, stamp).ledger;
          });
          expect(code === undefined).toBe(given + asked <= amount);
          if (code === undefined) given += asked;
        }
        expect(ledger.charges[charge]?.amount_refunded).toBe(given);
        expect(ledger.invoice.amount_refunded).toBe(given);
      }),
    );
  });

  test("names the charge when the invoice has several that hold money", () => {
    const { ledger } = aPaidLedger();
    const two: Ledger = {
      ...ledger,
      charges: { ...ledger.charges, ch_b: { amount: 5, amount_refunded: 0 } },
    };
    expect(codeOf(() => planRefund(two, { metadata: {} }, stamp))).toBe("parameter_missing");
  });
});

describe("a charge", () => {
  const deposit = generateInvoices(20)[13];
  const ledger = deposit?.ledger ?? aPaidLedger().ledger;

  test("pays what the invoice lacks and no more", () => {
    const lacks = ledger.invoice.amount_remaining;
    expect(lacks).toBeGreaterThan(0);
    expect(codeOf(() => planCharge(ledger, { amount: lacks + 1, metadata: {} }, stamp))).toBe(
      "amount_too_large",
    );
    const paid = planCharge(ledger, { metadata: {} }, stamp);
    expect(paid.ledger.invoice).toMatchObject({ status: "paid", amount_remaining: 0 });
    expect(codeOf(() => planCharge(paid.ledger, { metadata: {} }, stamp))).toBe("invoice_already_paid");
  });

  test("to a declined card is a card error and changes nothing", () => {
    const source = "tok_chargeDeclined";
    expect(codeOf(() => planCharge(ledger, { source, metadata: {} }, stamp))).toBe("card_declined");
  });
});

test("the generated invoices are the same each time, say so, and add up", () => {
  const invoices = generateInvoices(200);
  expect(generateInvoices(200)).toEqual(invoices);
  expect(new Set(invoices.map(({ ledger }) => ledger.invoice.id)).size).toBe(200);
  for (const { ledger, transactions } of invoices) {
    const sum = (object: string) =>
      transactions.filter((one) => one.object === object).reduce((total, { amount }) => total + amount, 0);
    expect(ledger.invoice.metadata.generated).toBe("true");
    expect(sum("charge")).toBe(ledger.invoice.amount_paid);
    expect(sum("refund")).toBe(ledger.invoice.amount_refunded);
    expect(ledger.invoice.amount_refunded).toBeLessThanOrEqual(ledger.invoice.amount_paid);
  }
  const refunded = invoices.filter(({ transactions }) => transactions.length > 1);
  expect(refunded.length).toBeGreaterThan(20);
});

import { expect, test } from "vitest";
import { generateRequest, type InvoiceFacts } from "./requests";

const invoices: InvoiceFacts[] = Array.from({ length: 40 }, (_, index) => ({
  number: `INV-${index}`,
  customer: "cus_1",
  paid: 10_000 + index,
  currency: "eur",
}));

test("the same index tells the same story", () => {
  expect(generateRequest(12, invoices)).toEqual(generateRequest(12, invoices));
  expect(generateRequest(13, invoices)).not.toEqual(generateRequest(12, invoices));
});

test("asks for whole minor units, never above what was paid, with a usable confidence", () => {
  for (let index = 0; index < 500; index++) {
    const request = generateRequest(index, invoices);
    const paid = invoices.find((invoice) => invoice.number === request?.invoice)?.paid ?? 0;
    expect(Number.isInteger(request?.amount)).toBe(true);
    expect(request?.amount).toBeGreaterThan(0);
    expect(request?.amount).toBeLessThanOrEqual(paid);
    expect(request?.confidence).toBeGreaterThanOrEqual(0.3);
    expect(request?.confidence).toBeLessThan(1);
  }
});

test("the invented model is right more often where it says it is sure", () => {
  const all = Array.from({ length: 2000 }, (_, index) => generateRequest(index, invoices)).filter(
    (request) => request !== undefined,
  );
  const right = (from: number, to: number) => {
    const some = all.filter((request) => request.confidence >= from && request.confidence < to);
    return some.filter((request) => request.entitled).length / some.length;
  };
  expect(right(0.95, 1)).toBeGreaterThan(right(0.75, 0.95));
  expect(right(0.75, 0.95)).toBeGreaterThan(right(0, 0.75));
});

test("without invoices there is nothing to ask for", () => {
  expect(generateRequest(0, [])).toBeUndefined();
});

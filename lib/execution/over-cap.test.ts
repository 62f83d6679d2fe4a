import { expect, test } from "vitest";
import { overCap } from "./over-cap";

test.each([
  [null, 1800, null],
  [undefined, 1800, null],
  [1800, 1800, null],
  [1799, 1800, "This action moves at most €17.99 at a time; this is €18.00."],
  [1799, null, "This action has a largest amount, and what this one moves is not known."],
])("with a cap of %s an act of %s answers %s", (cap, amount, said) => {
  expect(overCap(cap, { amount, currency: "EUR" }, "EUR")).toBe(said);
});

test("an amount in another currency than the cap's is not under it, however small the number", () => {
  const dinars = { amount: 1000, currency: "KWD" };
  expect(overCap(1800, dinars, "EUR")).toMatch(/^This action's largest amount is in EUR; this is KWD/);
  expect(overCap(1800, dinars, null)).not.toBeNull();
  expect(overCap(1800, { ...dinars, amount: 0 }, "EUR")).toBeNull();
  expect(overCap(null, dinars, "EUR")).toBeNull();
});

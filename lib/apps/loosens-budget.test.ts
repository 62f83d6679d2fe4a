import { expect, test } from "vitest";
import { loosensBudget, type BudgetLimits } from "./loosens-budget";

const limits = (more: Partial<BudgetLimits> = {}): BudgetLimits => ({
  max_amount: 100,
  max_count: 10,
  archived: false,
  ...more,
});
const alone = { currency: "EUR", others: new Set<string>() };

test.each([
  ["a higher amount", limits(), limits({ max_amount: 101 }), true],
  ["no amount any more", limits(), limits({ max_amount: null }), true],
  ["a higher number of acts", limits(), limits({ max_count: 11 }), true],
  ["less money and more acts", limits(), limits({ max_amount: 1, max_count: 11 }), true],
  ["out of force", limits(), limits({ archived: true }), true],
  ["lower limits", limits(), limits({ max_amount: 99, max_count: 9 }), false],
  ["a limit more", limits({ max_count: null }), limits(), false],
  ["the same", limits(), limits(), false],
  ["a new budget", null, limits(), false],
  [
    "back in force, and higher: before it limited nothing",
    limits({ archived: true }),
    limits({ max_amount: 500 }),
    false,
  ],
  [
    "changed while out of force",
    limits({ archived: true }),
    limits({ archived: true, max_amount: 500 }),
    false,
  ],
])("%s", (_what, before, after, expected) => {
  expect(loosensBudget(before, after, alone)).toBe(expected);
});

test("a budget in a further currency gives room to money that had none", () => {
  const dollars = { currency: "USD", others: new Set(["EUR"]) };
  expect(loosensBudget(null, limits(), dollars)).toBe(true);
  expect(loosensBudget(limits({ archived: true }), limits(), dollars)).toBe(true);
  expect(loosensBudget(limits({ max_amount: null }), limits(), dollars)).toBe(true);
  expect(loosensBudget(limits(), limits({ max_amount: 50 }), dollars)).toBe(false);
  expect(loosensBudget(null, limits(), { currency: "USD", others: new Set(["EUR", "USD"]) })).toBe(false);
  expect(loosensBudget(null, limits({ max_amount: null }), dollars)).toBe(false);
});

import { expect, test } from "vitest";
import { shareUsed } from "./budget-words";

test.each([
  [{ max_amount: 1000, max_count: null, used: { amount: 250, count: 900 } }, 0.25],
  [{ max_amount: 1000, max_count: 10, used: { amount: 250, count: 9 } }, 0.9],
  [{ max_amount: null, max_count: 4, used: { amount: 0, count: 0 } }, 0],
  [{ max_amount: 100, max_count: null, used: { amount: 180, count: 2 } }, 1],
])("%j is used to %d", (budget, share) => {
  expect(shareUsed(budget)).toBe(share);
});

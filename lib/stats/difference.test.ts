import { expect, test } from "vitest";
import { chiSquareTest } from "./chi-square";
import { equalSharesP, shareDifference } from "./difference";
import { benjaminiHochberg } from "./benjamini-hochberg";
import { wilsonInterval } from "./wilson";

const share = (yes: number, n: number) => ({ value: yes / n, size: n, ...wilsonInterval(yes, n) });

// Newcombe 1998, table II: method 10 of 56/70 - 48/80, 9/10 - 3/10, 10/10 - 0/10.
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [10, 10, 0, 10, 0.6075, 1],
])("%d/%d less %d/%d has Newcombe's interval", (a, m, b, n, lower, upper) => {
  const found = shareDifference(share(a, m), share(b, n));
  expect(found.lower).toBeCloseTo(lower, 4);
  expect(found.upper).toBeCloseTo(upper, 4);
});

test("the p of two shares is that of the 2x2 table's chi-square, and 1 where nothing varies", () => {
  const table = chiSquareTest([
    [56, 14],
    [48, 32],
  ]);
  expect(equalSharesP(share(56, 70), share(48, 80))).toBeCloseTo(table?.p ?? Number.NaN, 12);
  expect(equalSharesP(share(0, 10), share(0, 20))).toBe(1);
});

test("q-values are R's p.adjust with BH, and never rise where the p falls", () => {
  expect(benjaminiHochberg([0.01, 0.04, 0.03, 0.005])).toEqual([0.02, 0.04, 0.04, 0.02]);
  expect(benjaminiHochberg([])).toEqual([]);
});

import { expect, test } from "vitest";
import { neymanAllocation, proportionalAllocation } from "./allocation";
import { marginOf, requiredSampleSize } from "./sample-size";
import { wilsonInterval } from "./wilson";

test("the margin is half the width of the interval that the same counts give", () => {
  const { lower, upper } = wilsonInterval(10, 200);
  expect(marginOf(200, { share: 0.05 })).toBeCloseTo((upper - lower) / 2, 12);
});

test("a margin of 5 % at 95 % needs about 381 by Wilson in the worst case, a few more exactly", () => {
  expect(requiredSampleSize(0.05)).toBe(381);
  const exact = requiredSampleSize(0.05, { method: "clopper_pearson" });
  expect(exact).toBeGreaterThan(381);
  expect(exact).toBeLessThan(410);
});

test.each([0.01, 0.02, 0.1])("n is the least that reaches a margin of %d", (margin) => {
  for (const method of ["wilson", "clopper_pearson"] as const) {
    const n = requiredSampleSize(margin, { share: 0.05, method });
    expect(marginOf(n, { share: 0.05, method })).toBeLessThanOrEqual(margin);
    expect(marginOf(n - 1, { share: 0.05, method })).toBeGreaterThan(margin);
  }
});

test("a small population needs fewer, never more than it has", () => {
  const needed = requiredSampleSize(0.05, { population: 1000 });
  // Cochran's 385 / (1 + 384/1000) = 278; Wilson's interval is a little narrower.
  expect(needed).toBeGreaterThan(270);
  expect(needed).toBeLessThan(280);
  expect(requiredSampleSize(0.01, { population: 50 })).toBeLessThanOrEqual(50);
  expect(marginOf(50, { population: 50 })).toBe(0);
  expect(marginOf(0)).toBe(0.5);
});

test("less than one judgement expected leaves everything open, not more", () => {
  expect(marginOf(0.15, { population: 3, share: 0.05 })).toBeLessThanOrEqual(0.5);
  expect(marginOf(0.15, { share: 0.05 })).toBeLessThanOrEqual(0.5);
});

test("a margin that no sample gives is refused", () => {
  expect(() => requiredSampleSize(0)).toThrow(RangeError);
  expect(() => requiredSampleSize(0.5)).toThrow(RangeError);
});

test("proportional allocation follows the sizes to the last one", () => {
  const strata = [{ size: 500 }, { size: 300 }, { size: 200 }];
  expect(proportionalAllocation(100, strata)).toEqual([50, 30, 20]);
  expect(proportionalAllocation(7, strata).reduce((a, b) => a + b)).toBe(7);
});

test("Neyman's allocation follows size times spread", () => {
  // Cochran's rule by hand: 400·.5 : 600·.1 = 200 : 60 of 130.
  expect(
    neymanAllocation(130, [
      { size: 400, deviation: 0.5 },
      { size: 600, deviation: 0.1 },
    ]),
  ).toEqual([100, 30]);
});

test("no stratum gives more than it has, and what it cannot give the others do", () => {
  expect(
    neymanAllocation(100, [
      { size: 10, deviation: 0.5 },
      { size: 1000, deviation: 0.001 },
    ]),
  ).toEqual([10, 90]);
  expect(proportionalAllocation(100, [{ size: 5 }, { size: 3 }])).toEqual([5, 3]);
});

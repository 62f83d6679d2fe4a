import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fallback } from "./fallback";

const pValue = fc.oneof(
  fc.double({ min: 0, max: 0.05, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const pValues = fc.array(pValue, { minLength: 1, maxLength: 40 });
const delta = fc.double({ min: 0.001, max: 0.5, noNaN: true });

describe("the fallback procedure", () => {
  test("five thresholds worked by hand", () => {
    const steps = fallback([0.004, 0.015, 0.5, 0.009, 0.02], 0.05);
    expect(steps.map(({ certified }) => certified)).toEqual([true, true, false, true, true]);
    [0.01, 0.02, 0.03, 0.01, 0.02].forEach((level, j) => expect(steps[j]?.level).toBeCloseTo(level, 15));
  });

  test("passes all that Bonferroni passes, and passes something only where Bonferroni does", () => {
    fc.assert(
      fc.property(pValues, delta, (list, total) => {
        const steps = fallback(list, total);
        const plain = list.map((p) => p <= total / list.length);
        plain.forEach((passes, j) => passes && expect(steps[j]?.certified).toBe(true));
        expect(steps.some(({ certified }) => certified)).toBe(plain.includes(true));
      }),
    );
  });

  test("never spends more than delta on one threshold, nor less than an even share", () => {
    fc.assert(
      fc.property(pValues, delta, (list, total) => {
        for (const { level } of fallback(list, total)) {
          expect(level).toBeLessThanOrEqual(total * (1 + 1e-12));
          expect(level).toBeGreaterThanOrEqual((total / list.length) * (1 - 1e-12));
        }
      }),
    );
  });

  test("a smaller p-value never costs another threshold its certificate", () => {
    fc.assert(
      fc.property(pValues, delta, fc.nat(), (list, total, at) => {
        const better = list.map((p, j) => (j === at % list.length ? p / 2 : p));
        const after = fallback(better, total);
        fallback(list, total).forEach(
          ({ certified }, j) => certified && expect(after[j]?.certified).toBe(true),
        );
      }),
    );
  });

  test("a first threshold that never passes does not stall the rest", () => {
    expect(fallback([1, 0.001, 0.001], 0.05).map(({ certified }) => certified)).toEqual([false, true, true]);
  });

  test("nothing to test is nothing certified, and what is no probability is refused", () => {
    expect(fallback([], 0.05)).toEqual([]);
    expect(() => fallback([Number.NaN], 0.05)).toThrow(RangeError);
    expect(() => fallback([0.5], 0)).toThrow(RangeError);
  });
});

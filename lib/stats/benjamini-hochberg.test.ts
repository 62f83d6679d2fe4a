import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { benjaminiHochberg } from "./benjamini-hochberg";

/** The fifteen p-values of the example of the paper of 1995, and R's `p.adjust(…, "BH")` of them. */
const paper = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
  0.759, 1,
];
const adjusted = [
  0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857142857, 0.063857142857, 0.0645, 0.0765, 0.486,
  0.581181818182, 0.714875, 0.753230769231, 0.813214285714, 1,
];
const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });

describe("the false discovery rate's adjusted p-values", () => {
  test("are those of the paper's example: four discoveries at 5 %", () => {
    const found = benjaminiHochberg(paper);
    found.forEach((q, at) => expect(q).toBeCloseTo(adjusted[at] ?? 0, 10));
    expect(found.filter((q) => q <= 0.05)).toHaveLength(4);
  });

  test("make the same discoveries as the procedure itself: all up to the last p within k·q/m", () => {
    fc.assert(
      fc.property(ps, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (values, q) => {
        const sorted = values.toSorted((a, b) => a - b);
        const last = sorted.findLastIndex((p, k) => p * values.length <= (k + 1) * q * (1 + 1e-12));
        const wanted = last + 1;
        const found = benjaminiHochberg(values).filter((one) => one <= q * (1 + 1e-12)).length;
        expect(found).toBe(wanted);
      }),
    );
  });

  test("never fall below their p-value, keep its order, and come back in the order given", () => {
    fc.assert(
      fc.property(ps, (values) => {
        const found = benjaminiHochberg(values);
        values.forEach((p, at) => {
          expect(found[at]).toBeGreaterThanOrEqual(p - 1e-12);
          values.forEach((other, to) => {
            if (p < other) expect(found[at] ?? 1).toBeLessThanOrEqual((found[to] ?? 0) + 1e-12);
          });
        });
      }),
    );
    expect(benjaminiHochberg([])).toEqual([]);
    expect(() => benjaminiHochberg([Number.NaN])).toThrow(RangeError);
  });
});

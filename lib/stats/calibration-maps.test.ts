import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logLoss } from "./log-loss";
import { applyIsotonic, fitIsotonic, pava } from "./pava";
import { median, percentile } from "./percentile";
import { applyPlatt, fitPlatt } from "./platt";
import type { Scored } from "./scored";

const outcomes = [1, 1, 1, 0, 1, 1, 0, 1, 0, 0];
const small: Scored[] = outcomes.map((y, i) => ({ p: Number((0.95 - 0.05 * i).toFixed(2)), y }));
const finite = fc.double({ min: -100, max: 100, noNaN: true });

describe("isotonic regression", () => {
  test("pools adjacent violators, as scikit-learn and R do", () => {
    const third = 1 / 3;
    expect(pava([0, 1, 0, 0, 1, 0, 1, 1, 1, 1])).toEqual([0, third, third, third, 0.5, 0.5, 1, 1, 1, 1]);
    const weighted = pava([1, 3, 2, 4, 3.5], [1, 1, 2, 1, 1]);
    [1, 7 / 3, 7 / 3, 3.75, 3.75].forEach((value, i) => expect(weighted[i]).toBeCloseTo(value, 12));
  });

  test("done twice is done once", () => {
    fc.assert(
      fc.property(fc.array(finite), (values) => {
        const fit = pava(values);
        pava(fit).forEach((value, i) => expect(value).toBeCloseTo(fit[i] ?? Number.NaN, 9));
      }),
    );
  });

  test("never decreases, keeps the mean, and leaves an ordered sequence alone", () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), (values) => {
        const fit = pava(values);
        fit.forEach((value, i) => expect(value).toBeGreaterThanOrEqual((fit[i - 1] ?? -Infinity) - 1e-9));
        const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
        expect(sum(fit)).toBeCloseTo(sum(values), 6);
        const ordered = values.toSorted((a, b) => a - b);
        pava(ordered).forEach((value, i) => expect(value).toBeCloseTo(ordered[i] ?? Number.NaN, 9));
      }),
    );
  });

  test("maps a score to how often such scores came true, never out of [0,1]", () => {
    const map = fitIsotonic(small);
    expect(applyIsotonic(map, 0.5)).toBe(0);
    expect(applyIsotonic(map, 0.1)).toBe(0);
    expect(applyIsotonic(map, 0.99)).toBe(1);
    expect(applyIsotonic(map, 0.725)).toBeCloseTo(2 / 3, 9);
    expect(applyIsotonic(fitIsotonic([]), 0.7)).toBeNull();
    expect(() => applyIsotonic(map, Number.NaN)).toThrow(RangeError);
  });
});

describe("Platt scaling", () => {
  test("finds the parameters of greatest likelihood", () => {
    const map = fitPlatt(small);
    expect(map?.a).toBeCloseTo(1.9785904755512564, 5);
    expect(map?.b).toBeCloseTo(-1.4898856081827356, 5);
  });

  test("improves on the raw score, on the data it was fitted to", () => {
    const map = fitPlatt(small);
    if (!map) throw new Error("both classes were seen");
    const calibrated = small.map((item) => ({ ...item, p: applyPlatt(map, item.p) }));
    expect((logLoss(calibrated) ?? Number.NaN) * 10).toBeCloseTo(4.876606865262051, 8);
    expect(logLoss(calibrated)).toBeLessThan(logLoss(small) ?? Number.NaN);
  });

  test("refuses one class only, or classes that separate", () => {
    expect(fitPlatt([{ p: 0.9, y: 1 }])).toBeNull();
    expect(
      fitPlatt([
        { p: 0.9, y: 1 },
        { p: 0.2, y: 0 },
      ]),
    ).toBeNull();
  });

  test("takes scores of exactly 0 and 1 without breaking", () => {
    const map = fitPlatt([...small, { p: 1, y: 1 }, { p: 1, y: 0 }, { p: 0, y: 0 }]);
    if (!map) throw new Error("the classes overlap");
    expect(applyPlatt(map, 1)).toBeGreaterThan(applyPlatt(map, 0));
    expect(Number.isFinite(map.a) && Number.isFinite(map.b)).toBe(true);
  });
});

describe("percentiles", () => {
  test("are linear between ranks, as percentile_cont is", () => {
    expect(percentile([4, 1, 3, 2], 0.9)).toBeCloseTo(3.7, 12);
    expect(median([1, 2, 3, 4])).toBe(2.5);
    expect(median([5])).toBe(5);
    expect(median([])).toBeNull();
    expect(() => percentile([1], 1.5)).toThrow(RangeError);
  });

  test("rise with the share and end at the extremes", () => {
    fc.assert(
      fc.property(
        fc.array(finite, { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, q) => {
          const at = percentile(values, q) ?? Number.NaN;
          expect(at).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
          expect(at).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
          // Adding zero makes −0 and 0 one: which of the two comes first says nothing.
          expect((percentile(values, 0) ?? Number.NaN) + 0).toBe(Math.min(...values) + 0);
          expect((percentile(values, 1) ?? Number.NaN) + 0).toBe(Math.max(...values) + 0);
        },
      ),
    );
  });
});

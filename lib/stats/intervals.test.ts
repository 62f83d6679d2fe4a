import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clopperPearson, clopperPearsonLower, clopperPearsonUpper } from "./clopper-pearson";
import { normalQuantile } from "./normal-quantile";
import { wilsonInterval } from "./wilson";

const counts = fc
  .integer({ min: 1, max: 400 })
  .chain((trials) =>
    fc.record({ trials: fc.constant(trials), successes: fc.integer({ min: 0, max: trials }) }),
  );

describe("the normal quantile", () => {
  test.each([
    [0.975, 1.959963984540054],
    [0.5, 0],
    [0.999, 3.090232306167813],
    [1e-10, -6.361340902404056],
  ])("at %d is %d", (probability, expected) => {
    expect(normalQuantile(probability)).toBeCloseTo(expected, 12);
  });

  test("is odd about one half", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (p) => {
        expect(normalQuantile(p)).toBeCloseTo(-normalQuantile(1 - p), 9);
      }),
    );
  });

  test.each([0, 1, Number.NaN, -0.1])("refuses %d", (p) => {
    expect(() => normalQuantile(p)).toThrow(RangeError);
  });
});

describe("Wilson", () => {
  test.each([
    [0, 10, 0, 0.2775327998628892],
    [1, 10, 0.017876213095072924, 0.40415002679523854],
    [10, 10, 0.7224672001371106, 1],
    [15, 148, 0.06238639953073628, 0.16048724172330803],
  ])("of %d in %d is the published interval", (k, n, lower, upper) => {
    const interval = wilsonInterval(k, n);
    expect(interval.lower).toBeCloseTo(lower, 12);
    expect(interval.upper).toBeCloseTo(upper, 12);
  });

  test("nothing observed says nothing", () => {
    expect(wilsonInterval(0, 0)).toEqual({ lower: 0, upper: 1 });
  });

  test.each([
    [2, 1],
    [-1, 3],
    [Number.NaN, 3],
  ])("refuses %d of %d", (k, n) => {
    expect(() => wilsonInterval(k, n)).toThrow(RangeError);
  });

  test("holds the share, stays in [0,1], and narrows with more of the same", () => {
    fc.assert(
      fc.property(counts, ({ successes, trials }) => {
        const few = wilsonInterval(successes, trials);
        const many = wilsonInterval(successes * 4, trials * 4);
        expect(few.lower).toBeGreaterThanOrEqual(0);
        expect(few.upper).toBeLessThanOrEqual(1);
        expect(few.lower).toBeLessThanOrEqual(successes / trials);
        expect(few.upper).toBeGreaterThanOrEqual(successes / trials);
        expect(many.upper - many.lower).toBeLessThan(few.upper - few.lower);
      }),
    );
  });
});

describe("Clopper-Pearson", () => {
  test.each([
    [0, 10, 0, 0.3084971078187608],
    [4, 100, 0.011004493986188198, 0.09925715671265992],
    [81, 263, 0.2527367455852713, 0.36762192260135146],
  ])("of %d in %d is the published interval", (k, n, lower, upper) => {
    const interval = clopperPearson(k, n);
    expect(interval.lower).toBeCloseTo(lower, 12);
    expect(interval.upper).toBeCloseTo(upper, 12);
  });

  test.each([
    [0, 59, 0.04950760988822693],
    [0, 149, 0.019904816220685073],
    [3, 386, 0.019963804772990968],
  ])("the one-sided upper bound of %d in %d certifies what it should", (k, n, upper) => {
    expect(clopperPearsonUpper(k, n)).toBeCloseTo(upper, 12);
  });

  test("the lower bound mirrors the upper one", () => {
    fc.assert(
      fc.property(counts, ({ successes, trials }) => {
        const mirrored = 1 - clopperPearsonUpper(trials - successes, trials);
        expect(clopperPearsonLower(successes, trials)).toBeCloseTo(mirrored, 9);
      }),
    );
  });

  test.each([
    [1.5, 3],
    [4, 3],
    [-1, 3],
  ])("refuses %d of %d", (k, n) => {
    expect(() => clopperPearson(k, n)).toThrow(RangeError);
  });

  test.each([0, 1, 95, Number.NaN])("refuses a level of %d", (level) => {
    expect(() => clopperPearsonUpper(1, 10, level)).toThrow(RangeError);
    expect(() => clopperPearsonLower(1, 10, level)).toThrow(RangeError);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { auroc } from "./auroc";
import { brierScore, murphyDecomposition } from "./brier";
import {
  adaptiveCalibrationError,
  expectedCalibrationError,
  maximumCalibrationError,
  overconfidence,
} from "./calibration-error";
import { logLoss } from "./log-loss";
import { equalMassBins, equalWidthBins } from "./reliability-bins";
import { areaUnderRiskCoverage, riskCoverageCurve } from "./risk-coverage";
import type { Scored } from "./scored";

const outcomes = [1, 1, 1, 0, 1, 1, 0, 1, 0, 0];
const small: Scored[] = outcomes.map((y, i) => ({ p: Number((0.95 - 0.05 * i).toFixed(2)), y }));
const repeated = (p: number, n: number, events: number): Scored[] =>
  Array.from({ length: n }, (_, i) => ({ p, y: i < events ? 1 : 0 }));
const grouped = [...repeated(0.1, 10, 1), ...repeated(0.3, 10, 4), ...repeated(0.8, 20, 16)];

const scored = fc.array(
  fc.record({
    p: fc.double({ min: 0, max: 1, noNaN: true }),
    y: fc.constantFrom(0, 1),
    weight: fc.constantFrom(1, 2, 20),
  }),
  { minLength: 1, maxLength: 80 },
);

describe("ten forecasts worked by hand", () => {
  test("calibration errors", () => {
    expect(expectedCalibrationError(small, 5)).toBeCloseTo(0.185, 12);
    expect(expectedCalibrationError(small, 10)).toBeCloseTo(0.185, 12);
    expect(adaptiveCalibrationError(small, 5)).toBeCloseTo(0.265, 12);
    expect(maximumCalibrationError(small, 5)).toBeCloseTo(0.225, 12);
  });

  test("scores and ranking", () => {
    expect(brierScore(small)).toBeCloseTo(0.19625, 12);
    expect(logLoss(small)).toBeCloseTo(0.5625270293410152, 12);
    expect(auroc(small)).toBeCloseTo(0.8333333333333334, 12);
    const area = areaUnderRiskCoverage(small);
    expect(area?.aurc).toBeCloseTo(0.18857142857142856, 12);
    expect(area?.optimal).toBeCloseTo(0.11261904761904762, 12);
    expect(area?.excess).toBeCloseTo(0.07595238095238094, 12);
  });

  test("Murphy's parts of forty grouped forecasts", () => {
    const parts = murphyDecomposition(grouped);
    expect(parts?.brier).toBeCloseTo(0.165, 12);
    expect(parts?.reliability).toBeCloseTo(0.0025, 12);
    expect(parts?.resolution).toBeCloseTo(0.086875, 12);
    expect(parts?.uncertainty).toBeCloseTo(0.249375, 12);
  });
});

describe("bins", () => {
  test("are closed on the right: an edge belongs to the bin below it", () => {
    for (const bins of [5, 10, 15, 20]) {
      for (let edge = 1; edge <= bins; edge += 1) {
        const [bin] = equalWidthBins([{ p: edge / bins, y: 1 }], bins);
        expect(bin).toMatchObject({ from: (edge - 1) / bins, to: edge / bins });
      }
    }
  });

  test("zero belongs to the first", () => {
    expect(equalWidthBins([{ p: 0, y: 0 }])[0]).toMatchObject({ from: 0, count: 1 });
  });

  test("every forecast falls in a bin that holds it, and none is lost", () => {
    fc.assert(
      fc.property(scored, fc.integer({ min: 1, max: 20 }), (items, count) => {
        const bins = equalWidthBins(items, count);
        expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(items.length);
        for (const bin of bins) {
          expect(bin.meanP).toBeGreaterThanOrEqual(bin.from - 1e-12);
          expect(bin.meanP).toBeLessThanOrEqual(bin.to + 1e-12);
          expect(bin.interval.lower).toBeLessThanOrEqual(bin.meanY + 1e-12);
          expect(bin.interval.upper).toBeGreaterThanOrEqual(bin.meanY - 1e-12);
        }
      }),
    );
  });

  test("of equal mass differ by one member at most", () => {
    fc.assert(
      fc.property(scored, (items) => {
        const sizes = equalMassBins(items, 7).map(({ count }) => count);
        expect(sizes.reduce((a, b) => a + b, 0)).toBe(items.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test.each([1.5, -0.1, Number.NaN])("refuse a confidence of %d", (p) => {
    expect(() => equalWidthBins([{ p, y: 1 }])).toThrow(RangeError);
  });
});

describe("for any forecasts", () => {
  test("ranking refuses a score that is no number", () => {
    expect(() => auroc([{ p: Number.NaN, y: 1 }])).toThrow(RangeError);
  });

  test("the calibration error lies between the plain gap and the largest bin's gap", () => {
    fc.assert(
      fc.property(scored, (items) => {
        const error = expectedCalibrationError(items) ?? Number.NaN;
        expect(error).toBeGreaterThanOrEqual(Math.abs(overconfidence(items) ?? Number.NaN) - 1e-9);
        expect(error).toBeLessThanOrEqual((maximumCalibrationError(items) ?? Number.NaN) + 1e-9);
      }),
    );
  });

  test("Murphy's three parts add up to the Brier score", () => {
    fc.assert(
      fc.property(scored, (items) => {
        const parts = murphyDecomposition(items);
        if (!parts) throw new Error("something was scored");
        expect(parts.reliability - parts.resolution + parts.uncertainty).toBeCloseTo(parts.brier, 9);
      }),
    );
  });

  test("a weight of two is the same as being seen twice", () => {
    fc.assert(
      fc.property(scored, (items) => {
        const twice = items.flatMap(({ p, y }) => [
          { p, y },
          { p, y },
        ]);
        const heavy = items.map(({ p, y }) => ({ p, y, weight: 2 }));
        expect(expectedCalibrationError(heavy)).toBeCloseTo(expectedCalibrationError(twice) ?? Number.NaN, 9);
        expect(brierScore(heavy)).toBeCloseTo(brierScore(twice) ?? Number.NaN, 9);
        expect(logLoss(heavy)).toBeCloseTo(logLoss(twice) ?? Number.NaN, 9);
        expect(riskCoverageCurve(heavy).at(-1)?.risk).toBeCloseTo(
          riskCoverageCurve(twice).at(-1)?.risk ?? Number.NaN,
          9,
        );
        expect(auroc(heavy) ?? -1).toBeCloseTo(auroc(twice) ?? -1, 9);
      }),
    );
  });

  test("turning the ranking round turns the ROC area round", () => {
    fc.assert(
      fc.property(scored, (items) => {
        const area = auroc(items);
        const turned = auroc(items.map((item) => ({ ...item, p: -item.p })));
        expect(area === null).toBe(turned === null);
        expect((area ?? 0.5) + (turned ?? 0.5)).toBeCloseTo(1, 9);
      }),
    );
  });

  test("no ranking beats the optimal one, and the curve ends at full coverage", () => {
    fc.assert(
      fc.property(scored, (items) => {
        const area = areaUnderRiskCoverage(items);
        expect(area?.excess).toBeGreaterThanOrEqual(-1e-9);
        expect(riskCoverageCurve(items).at(-1)?.coverage).toBeCloseTo(1, 12);
      }),
    );
  });

  test("a sure and wrong forecast costs much, but not infinity", () => {
    expect(logLoss([{ p: 1, y: 0 }])).toBeCloseTo(36.04, 1);
  });

  test("nothing scored gives no figure", () => {
    expect(expectedCalibrationError([])).toBeNull();
    expect(maximumCalibrationError([])).toBeNull();
    expect(murphyDecomposition([])).toBeNull();
    expect(areaUnderRiskCoverage([])).toBeNull();
    expect(auroc([{ p: 0.4, y: 1 }])).toBeNull();
  });
});

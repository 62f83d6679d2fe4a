import fc from "fast-check";
import { expect, test } from "vitest";
import { brierScore } from "@/lib/stats/brier";
import { expectedCalibrationError, overconfidence } from "@/lib/stats/calibration-error";
import { equalWidthBins } from "@/lib/stats/reliability-bins";
import { calibrationBins, calibrationOf, type BinSums } from "./calibration";

const scored = fc.array(
  fc.record({
    p: fc.integer({ min: 0, max: 60 }).map((k) => k / 60),
    y: fc.constantFrom(0, 1),
    weight: fc.constantFrom(1, 5, 20),
  }),
  { minLength: 1, maxLength: 60 },
);

test("from bin sums come the figures lib/stats gives from single forecasts", () => {
  fc.assert(
    fc.property(scored, (items) => {
      const sums = new Map<number, BinSums>();
      const edges = equalWidthBins(items, calibrationBins);
      for (const { p, y, weight } of items) {
        const bin = Math.round(
          (edges.find(({ from, to }) => (p > from || from === 0) && p <= to)?.from ?? 0) * calibrationBins,
        );
        const sum = sums.get(bin) ?? {
          bin,
          count: 0,
          weight: 0,
          squaredWeight: 0,
          stated: 0,
          right: 0,
          squaredMiss: 0,
        };
        sum.count += 1;
        sum.weight += weight;
        sum.squaredWeight += weight * weight;
        sum.stated += weight * p;
        sum.right += weight * y;
        sum.squaredMiss += weight * (p - y) ** 2;
        sums.set(bin, sum);
      }
      const found = calibrationOf([...sums.values()]);
      expect(found.ece).toBeCloseTo(expectedCalibrationError(items, calibrationBins) ?? -1, 10);
      expect(found.brier).toBeCloseTo(brierScore(items) ?? -1, 10);
      expect(found.overconfidence).toBeCloseTo(overconfidence(items) ?? -1, 10);
      expect(found.bins.map(({ n }) => n)).toEqual(edges.map(({ count }) => count));
      found.bins.forEach(({ lower, upper }, at) => {
        expect(lower).toBeCloseTo(edges[at]?.interval.lower ?? -1, 10);
        expect(upper).toBeCloseTo(edges[at]?.interval.upper ?? -1, 10);
      });
    }),
    { seed: 7 },
  );
});

test("nothing scored gives no figure", () => {
  expect(calibrationOf([])).toMatchObject({ n: 0, ess: 0, ece: null, brier: null, bins: [] });
});

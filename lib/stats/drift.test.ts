import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adwinMean, newAdwin, updateAdwin } from "./adwin";
import { largestCusum } from "./cusum";
import { jensenShannonDistance, jensenShannonDivergence } from "./jensen-shannon";
import { adwinCuts, firstYear, nile, pageHinkleyAlarms } from "./known-answers/drift-fixture";
import { newPageHinkley, updatePageHinkley } from "./page-hinkley";
import { populationStability } from "./population-stability";
import { seededRandom } from "./seeded-random";

const counts = fc
  .array(fc.tuple(fc.nat(100), fc.nat(100)), { minLength: 1, maxLength: 10 })
  .filter((pairs) => pairs.some(([a]) => a > 0) && pairs.some(([, b]) => b > 0))
  .map((pairs) => [pairs.map(([a]) => a), pairs.map(([, b]) => b)] as const);

describe("distances of two distributions", () => {
  test("a half that becomes three fifths", () => {
    expect(populationStability([0.5, 0.5], [0.6, 0.4])).toBeCloseTo(0.1 * Math.log(1.5), 14);
    expect(jensenShannonDistance([1, 0], [0, 1])).toBeCloseTo(1, 14);
    expect(jensenShannonDivergence([1, 0], [0, 1])).toBeCloseTo(Math.LN2, 14);
  });

  test("are symmetric, 0 when alike, and blind to the scale of the counts", () => {
    fc.assert(
      fc.property(counts, ([a, b]) => {
        for (const between of [populationStability, jensenShannonDivergence]) {
          expect(between(a, b)).toBeCloseTo(between(b, a), 10);
          expect(between(a, a)).toBeCloseTo(0, 12);
          expect(
            between(
              a.map((n) => n * 7),
              b,
            ),
          ).toBeCloseTo(between(a, b), 10);
          expect(between(a, b)).toBeGreaterThanOrEqual(0);
        }
        expect(jensenShannonDistance(a, b)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  test("a category that vanished gives a finite index", () => {
    expect(populationStability([50, 50, 0], [50, 0, 50])).toBeGreaterThan(1);
    expect(Number.isFinite(populationStability([1, 0], [0, 1]))).toBe(true);
  });

  test.each([
    [[], []],
    [
      [0, 0],
      [1, 1],
    ],
    [[1, 2], [1]],
    [
      [1, -1],
      [1, 1],
    ],
    [
      [1, Number.NaN],
      [1, 1],
    ],
  ])("%o against %o is refused", (a, b) => {
    expect(() => populationStability(a, b)).toThrow(RangeError);
    expect(() => jensenShannonDivergence(a, b)).toThrow(RangeError);
  });
});

describe("a change in a stream", () => {
  test("the Nile fell after 1898", () => {
    const furthest = largestCusum(nile);
    expect(firstYear + (furthest?.index ?? 0)).toBe(1898);
    expect(furthest?.value).toBeCloseTo(4995.2, 9);
    const hits = pageHinkleyAlarms(
      nile.map((flow) => -flow),
      { least: 5, delta: 0, threshold: 1000, forgetting: 1 },
    );
    expect(hits.map((index) => firstYear + index)).toEqual([1902]);
  });

  test("of the level is seen by the adaptive window, which then knows the new mean alone", () => {
    const random = seededRandom(11);
    const window = newAdwin();
    const cuts = Array.from(
      { length: 2000 },
      (_, i) => (i < 1000 ? 0.3 : 0.7) + 0.1 * (random() - 0.5),
    ).flatMap((x, i) => (updateAdwin(window, x, { older: "every_bucket" }) ? [i] : []));
    expect(cuts[0]).toBeGreaterThanOrEqual(1000);
    expect(cuts[0]).toBeLessThan(1064);
    expect(adwinMean(window)).toBeCloseTo(0.7, 2);
    expect(JSON.parse(JSON.stringify(window))).toEqual(window);
  });

  test("that is none is not seen: a steady stream of 10,000 is never cut", () => {
    const random = seededRandom(5);
    expect(
      adwinCuts(
        Array.from({ length: 10_000 }, () => random()),
        0.002,
      ),
    ).toEqual([]);
    expect(adwinCuts(Array(2000).fill(0.4), 0.002)).toEqual([]);
  });

  test("the window counts what it holds: its size, sum and spread are those of its values", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 300 }),
        (values) => {
          const window = newAdwin();
          for (const x of values) updateAdwin(window, x, { clock: 1_000_000 });
          const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
          expect(window.n).toBe(values.length);
          expect(adwinMean(window)).toBeCloseTo(mean, 9);
          expect(window.spread).toBeCloseTo(
            values.reduce((sum, x) => sum + (x - mean) ** 2, 0),
            8,
          );
          expect(window.rows.every((row) => row.length <= 5)).toBe(true);
        },
      ),
    );
  });

  test("what is no number is refused, and nothing says nothing", () => {
    expect(() => updateAdwin(newAdwin(), Number.NaN)).toThrow(RangeError);
    expect(() => updatePageHinkley(newPageHinkley(), Infinity)).toThrow(RangeError);
    expect(largestCusum([])).toBeNull();
    expect(adwinMean(newAdwin())).toBeNull();
  });
});

import { describe, expect, test } from "vitest";
import { percentAgreement } from "./agreement";
import { bootstrapInterval } from "./bootstrap";
import { cohenKappa, crossTable } from "./cohen-kappa";
import { fleissAgreement, fleissKappa, ratingCounts } from "./fleiss-kappa";
import { krippendorffAgreement, krippendorffAlpha } from "./krippendorff-alpha";
import { seededRandom } from "./seeded-random";

const unitsOf = (raters: readonly (readonly (number | null)[])[]): number[][] =>
  (raters[0] ?? []).map((_, i) => raters.flatMap((given) => given[i] ?? []));

describe("values of the literature", () => {
  test("Cohen's kappa and its error as SAS prints them", () => {
    const { value, se, interval, n } = cohenKappa([
      [0, 4, 1],
      [0, 8, 0],
      [0, 1, 5],
    ]);
    expect([value, se, interval?.lower, interval?.upper].map((each) => each?.toFixed(4))).toEqual([
      "0.4842",
      "0.1380",
      "0.2137",
      "0.7547",
    ]);
    expect(n).toBe(19);
  });

  test("Fleiss' kappa of fourteen raters on ten items is 0.210", () => {
    const counts = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    expect(fleissKappa(counts)).toBeCloseTo(0.20993, 5);
  });

  test.each([
    ["nominal", 0.743],
    ["ordinal", 0.815],
    ["interval", 0.849],
    ["ratio", 0.797],
  ] as const)("Krippendorff's own example with missing values, %s: %d", (measurement, alpha) => {
    const raters = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
      [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
    ];
    expect(krippendorffAlpha(unitsOf(raters), measurement)).toBeCloseTo(alpha, 3);
  });
});

describe("edges", () => {
  test("where everybody always says the same, chance-corrected agreement is not defined, and says so", () => {
    expect(cohenKappa([[12]]).value).toBeNull();
    expect(
      fleissKappa([
        [2, 0],
        [2, 0],
      ]),
    ).toBeNull();
    expect(
      krippendorffAlpha(
        [
          [1, 1],
          [1, 1],
        ],
        "nominal",
      ),
    ).toBeNull();
  });

  test("nothing judged gives n = 0 and no figure", () => {
    expect(percentAgreement([[1], []])).toEqual({ value: null, interval: null, n: 0 });
    expect(cohenKappa([]).value).toBeNull();
    expect(fleissKappa([])).toBeNull();
    expect(krippendorffAgreement([[1]], "nominal", { random: seededRandom(1) })).toMatchObject({
      value: null,
      n: 0,
    });
  });

  test("perfect agreement over two categories is 1 in every measure", () => {
    const items = [...Array(20).keys()].map((i) => [i % 2, i % 2]);
    expect(percentAgreement(items)).toMatchObject({ value: 1, n: 20 });
    expect(
      cohenKappa(
        crossTable(
          items.map(([a = 0, b = 0]) => [a, b] as const),
          [0, 1],
        ),
      ).value,
    ).toBe(1);
    expect(fleissKappa(ratingCounts(items, [0, 1]))).toBe(1);
    expect(krippendorffAlpha(items, "nominal")).toBe(1);
  });

  test("an uneven table is refused", () => {
    expect(() =>
      fleissKappa([
        [2, 0],
        [1, 0],
      ]),
    ).toThrow(RangeError);
  });

  test("the same seed gives the same interval, and the interval holds the value", () => {
    const items = [...Array(60).keys()].map((i) => [i % 3, i % 5 === 0 ? (i + 1) % 3 : i % 3]);
    const once = krippendorffAgreement(items, "nominal", { random: seededRandom(7) });
    expect(krippendorffAgreement(items, "nominal", { random: seededRandom(7) })).toEqual(once);
    expect(once.interval?.lower).toBeLessThan(once.value ?? 0);
    expect(once.interval?.upper).toBeGreaterThan(once.value ?? 1);
    const fleiss = fleissAgreement(ratingCounts(items, [0, 1, 2]), { random: seededRandom(7) });
    expect(fleiss.interval?.lower).toBeLessThan(fleiss.value ?? 0);
  });

  test("a bootstrap of a mean is close to the normal interval", () => {
    const values = [...Array(400).keys()].map((i) => (i % 4 === 0 ? 1 : 0));
    const mean = (distinct: readonly number[], times: readonly number[]) =>
      distinct.reduce((sum, value, i) => sum + value * (times[i] ?? 0), 0) / 400;
    const interval = bootstrapInterval(values, String, mean, { random: seededRandom(3) });
    const reach = 1.96 * Math.sqrt((0.25 * 0.75) / 400);
    expect(interval?.lower).toBeCloseTo(0.25 - reach, 2);
    expect(interval?.upper).toBeCloseTo(0.25 + reach, 2);
  });
});

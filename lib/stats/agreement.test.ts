import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { percentAgreement } from "./agreement";
import { bootstrapInterval } from "./bootstrap";
import { cohenKappa, crossTable } from "./cohen-kappa";
import { fleissAgreement, fleissKappa, ratingCounts } from "./fleiss-kappa";
import { krippendorffAgreement, krippendorffAlpha, type Measurement } from "./krippendorff-alpha";
import { seededRandom } from "./seeded-random";

const shared = new URL("../../../shared/", import.meta.url);
const present = existsSync(new URL("vectors/vectors.json", shared));
const vectors = present ? JSON.parse(readFileSync(new URL("vectors/vectors.json", shared), "utf8")) : null;

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

type Table = { table: number[][]; kappa: number };

describe.skipIf(!present)("the shared known answers (skipped when the folder ../shared is absent)", () => {
  test("Cohen", () => {
    const rows: Table[] = vectors.cohen;
    expect(rows).not.toHaveLength(0);
    for (const { table, kappa } of rows) expect(cohenKappa(table).value).toBeCloseTo(kappa, 12);
  });

  test("Fleiss", () => {
    const { table, kappa }: Table = vectors.fleiss;
    expect(fleissKappa(table)).toBeCloseTo(kappa, 12);
  });

  test("Krippendorff", () => {
    const rows: ({ data: (number | null)[][] } & Partial<Record<Measurement, number>>)[] =
      vectors.krippendorff;
    expect(rows).not.toHaveLength(0);
    for (const { data, nominal, ordinal, interval } of rows) {
      const units = unitsOf(data);
      expect(krippendorffAlpha(units, "nominal")).toBeCloseTo(nominal ?? Number.NaN, 12);
      if (ordinal !== undefined) expect(krippendorffAlpha(units, "ordinal")).toBeCloseTo(ordinal, 12);
      if (interval !== undefined) expect(krippendorffAlpha(units, "interval")).toBeCloseTo(interval, 12);
    }
  });

  test("three people's judgements of 999 answers, and a model's against their majority", () => {
    const [, ...lines] = readFileSync(new URL("data/confidence/pandalm_annotators.csv", shared), "utf8")
      .trim()
      .split("\n");
    const rows = lines.map((line) => line.trim().split(","));
    const people = rows.map((cells) => cells.slice(1, 4).map(Number));
    const known = vectors.pandalm_file;
    expect(people).toHaveLength(known.n);
    const pairs = (i: number, j: number) => people.map((one) => [one[i] ?? -1, one[j] ?? -1] as const);
    const cohen = (i: number, j: number) => cohenKappa(crossTable(pairs(i, j), [0, 1, 2])).value;
    expect(cohen(0, 1)).toBeCloseTo(known.cohen_12, 12);
    expect(cohen(0, 2)).toBeCloseTo(known.cohen_13, 12);
    expect(cohen(1, 2)).toBeCloseTo(known.cohen_23, 12);
    expect(fleissKappa(ratingCounts(people, [0, 1, 2]))).toBeCloseTo(known.fleiss, 12);
    expect(krippendorffAlpha(people, "nominal")).toBeCloseTo(known.krippendorff_nominal, 12);
    const model = rows.map((cells, i) => [majority(people[i] ?? []), spoken(cells[4] ?? "")] as const);
    const agreed = percentAgreement(model);
    expect(agreed.value).toBeCloseTo(known.gpt35_vs_majority_agree, 12);
    expect(cohenKappa(crossTable(model, [0, 1, 2, -1])).value).toBeCloseTo(known.gpt35_vs_majority_kappa, 12);
  });
});

function majority(votes: readonly number[]): number {
  return votes.find((vote) => votes.filter((each) => each === vote).length >= 2) ?? -2;
}

/** What the model said: 1, 2, a tie, or none of them. */
function spoken(text: string): number {
  if (text === "1" || text === "2") return Number(text);
  return text.toLowerCase() === "tie" ? 0 : -1;
}

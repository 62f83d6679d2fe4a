import { expect, test } from "vitest";
import { clusteredKappa, type RatedPair } from "./clustered-kappa";
import { cohenKappa } from "./cohen-kappa";
import { clusteredSampleSize } from "./effective-sample-size";
import { seededRandom } from "./seeded-random";

/** Two raters' table as pairs, each a cluster of its own. */
function pairsOf(table: readonly (readonly number[])[]): RatedPair[] {
  return table.flatMap((row, i) =>
    row.flatMap((count, j) =>
      Array.from({ length: count }, (_, at) => ({
        first: String(i),
        second: String(j),
        weight: 1,
        cluster: `${i} ${j} ${at}`,
      })),
    ),
  );
}

test.each([
  [
    [
      [0, 4, 1],
      [0, 8, 0],
      [0, 1, 5],
    ],
  ],
  [
    [
      [20, 5],
      [10, 15],
    ],
  ],
  [
    [
      [25, 35],
      [5, 35],
    ],
  ],
])("where each pair is about another thing it is Fleiss, Cohen & Everitt's", (table) => {
  const [own, known] = [clusteredKappa(pairsOf(table)), cohenKappa(table)];
  expect(own.n).toBe(known.n);
  for (const [one, other] of [
    [own.value, known.value],
    [own.se, known.se],
    [own.interval?.lower, known.interval?.lower],
    [own.interval?.upper, known.interval?.upper],
  ])
    expect(one).toBeCloseTo(other ?? NaN, 12);
});

test("weights and clusters by a derivative taken numerically, outside of this program", () => {
  const [first, second, clusters] = ["ppppffpfpf", "ppfpfffppf", "aaabbcdeef"];
  const weights = [1, 1, 1, 2, 2, 4, 1, 1, 1, 4];
  const { value, se } = clusteredKappa(
    weights.map((weight, at) => ({
      first: first.charAt(at),
      second: second.charAt(at),
      weight,
      cluster: clusters.charAt(at),
    })),
  );
  expect(value).toBeCloseTo(0.64, 12);
  expect(se).toBeCloseTo(0.16189280402898, 8);
});

/** Things that a machine judges once and `people` people each: they err together, for some things are hard. */
function aWorld(things: number, people: number, random: () => number): RatedPair[] {
  return Array.from({ length: things }, (_, at) => {
    const [isGood, isHard] = [random() < 0.5, random() < 0.3];
    const machine = random() < 0.8 ? isGood : !isGood;
    return Array.from({ length: people }, () => {
      const person = random() < (isHard ? 0.2 : 0.95) ? isGood : !isGood;
      return { first: String(machine), second: String(person), weight: 1, cluster: String(at) };
    });
  }).flat();
}

test("with five people on each thing its interval holds the true kappa as often as it says; counted as single ones it does not", () => {
  const truth = clusteredKappa(aWorld(40_000, 5, seededRandom(1))).value ?? NaN;
  const random = seededRandom(2);
  const held = { clustered: 0, single: 0 };
  const rounds = 400;
  for (let round = 0; round < rounds; round += 1) {
    const pairs = aWorld(80, 5, random);
    const isIn = (interval: { lower: number; upper: number } | null) =>
      interval !== null && interval.lower <= truth && truth <= interval.upper;
    if (isIn(clusteredKappa(pairs).interval)) held.clustered += 1;
    const apart = pairs.map((pair, at) => ({ ...pair, cluster: String(at) }));
    if (isIn(clusteredKappa(apart).interval)) held.single += 1;
  }
  expect(held.clustered / rounds).toBeGreaterThan(0.92);
  expect(held.clustered / rounds).toBeLessThan(0.98);
  expect(held.single / rounds).toBeLessThan(0.8);
});

test("nothing, one thing, and chance alone have no interval", () => {
  expect(clusteredKappa([])).toMatchObject({ value: null, interval: null, n: 0 });
  const one = pairsOf([
    [3, 1],
    [1, 3],
  ]).map((pair) => ({ ...pair, cluster: "the same" }));
  expect(clusteredKappa(one)).toMatchObject({ value: 0.5, interval: null, n: 8 });
  expect(clusteredKappa(pairsOf([[9]]))).toMatchObject({ value: null, interval: null });
});

test("the size of clusters: n where each is by itself, as many as there are where all of one say the same", () => {
  const of = (counts: readonly number[]) =>
    counts.flatMap((count, at) =>
      Array.from({ length: count }, () => ({
        value: at % 2 === 0 ? (1 as const) : (0 as const),
        weight: 1,
        cluster: String(at),
      })),
    );
  expect(clusteredSampleSize(of([1, 1, 1, 1]))).toBeCloseTo(4, 12);
  expect(clusteredSampleSize(of([3, 3, 3, 3]))).toBeCloseTo(4, 12);
  const unanimous = of([3, 3, 3, 3]).map((value) => ({ ...value, value: 1 as const }));
  expect(clusteredSampleSize(unanimous)).toBeCloseTo(4, 12);
  expect(clusteredSampleSize([])).toBe(0);
});

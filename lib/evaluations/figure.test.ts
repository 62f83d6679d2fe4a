import { expect, test } from "vitest";
import { plainShare, weightedShare } from "./figure";

const saying = { population: "those", weighting: "plain", rows: {} };
const sum = (count: number, weight: number) => ({
  count,
  weight: count * weight,
  squaredWeight: count * weight ** 2,
});

test("a plain share carries Wilson's interval; of nothing there is none", () => {
  // Wilson 95 % of 4/100, autonomy.md §3.
  const figure = plainShare(4, 100, saying);
  expect([figure.value, figure.n]).toEqual([0.04, 100]);
  expect(figure.lower).toBeCloseTo(0.0156633, 7);
  expect(figure.upper).toBeCloseTo(0.09837071, 7);
  expect(plainShare(0, 0, saying)).toMatchObject({ value: null, lower: null, upper: null, n: 0 });
});

test("a weighted share below an effective sample of 30 is not shown, and says what is missing", () => {
  expect(weightedShare(sum(1, 10), sum(28, 10), saying)).toMatchObject({ value: null, n: 29, needed: 30 });
  expect(weightedShare(sum(3, 10), sum(27, 10), saying)).toMatchObject({ value: 0.1, n: 30, needed: null });
});

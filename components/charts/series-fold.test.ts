import { expect, test } from "vitest";
import { foldSeries } from "./series-fold";

const series = ["a", "b", "c", "d"].map((key) => ({ key, label: key }));
const points = [{ at: "2026-11-22T10:00:00Z", values: { a: 1, b: 2, c: 3, d: 4 } }];

test("few series stay as they are", () => {
  expect(foldSeries(series, points, 5)).toEqual({ series, points, folded: 0 });
});

test("many are summed into one, and no count is lost", () => {
  const { series: shown, points: drawn, folded } = foldSeries(series, points, 2);
  expect(shown.map(({ label }) => label)).toEqual(["a", "b", "Other (2)"]);
  expect(drawn[0]?.values).toEqual({ a: 1, b: 2, other: 7 });
  expect(folded).toBe(2);
});

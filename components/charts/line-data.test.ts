import { expect, test } from "vitest";
import { lineRows, markersAt } from "./line-data";

const value = (value: number | null, n = 10) =>
  value === null
    ? { value, lower: null, upper: null, n: 0 }
    : { value, lower: value - 0.1, upper: value + 0.1, n };
const points = [
  { at: "a", complete: true, values: { x: value(0.2) } },
  { at: "b", complete: true, values: { x: value(null) } },
  { at: "c", complete: true, values: { x: value(0.4, 5000) } },
  { at: "d", complete: false, values: { x: value(0.5) } },
];
const rows = lineRows([{ key: "x", label: "X" }], points);

test("what was not observed is a gap, and the unfinished end is a line of its own that meets the finished one", () => {
  expect(rows.map((row) => row.x)).toEqual([0.2, null, 0.4, null]);
  expect(rows.map((row) => row["x rest"])).toEqual([null, null, 0.4, 0.5]);
});

test("intervals are drawn where fewer than a thousand were observed", () => {
  expect(rows.map((row) => row["x band"])).toEqual([[0.1, expect.closeTo(0.3)], null, null, [0.4, 0.6]]);
});

test("changes of one bucket are one line with all their numbers; one outside has none", () => {
  expect(markersAt(["10:00", undefined, "11:00", "11:00", "11:00"])).toEqual([
    { at: "10:00", numbers: "1" },
    { at: "11:00", numbers: "3–5" },
  ]);
});

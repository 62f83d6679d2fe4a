import { expect, test } from "vitest";
import { bucketLabel, decimal, percent, spanOf, tickMoments } from "./chart-theme";

test.each([
  [0.0342, "3.4 %"],
  [0.0075, "0.75 %"],
  [0, "0.0 %"],
  [1, "100.0 %"],
])("a share of %d reads %s", (share, text) => expect(percent(share)).toBe(text));

test.each([
  [-0.24588327, "−0.25"],
  [0.0625, "0.06"],
  [-0.001, "0.00"],
  [1, "1.00"],
])("a figure of %d reads %s", (value, text) => expect(decimal(value)).toBe(text));

test("a short span is labelled by the hour, a long one by the day", () => {
  expect(bucketLabel("2026-11-22T10:00:00Z", 3_600_000)).toBe("10:00");
  expect(bucketLabel("2026-11-22T10:00:00Z", 7 * 86_400_000)).toBe("11-22");
});

test("a day of several points is named at its first", () => {
  const moments = ["2026-11-21T12:00:00Z", "2026-11-21T20:00:00Z", "2026-11-22T04:00:00Z"];
  expect(tickMoments(moments, (at) => bucketLabel(at, 7 * 86_400_000))).toEqual([moments[0], moments[2]]);
  expect(tickMoments(moments, (at) => bucketLabel(at, 86_400_000))).toEqual(moments);
  expect(tickMoments([], String)).toEqual([]);
});

test("the span of fewer than two moments is nothing", () => {
  expect(spanOf([])).toBe(0);
  expect(spanOf(["2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z"])).toBe(3_600_000);
});

import { expect, test } from "vitest";
import { beyondText, figureText } from "./figure-text";
import { typedText, typedValue } from "./unit-input";

test.each([
  [0.031, "share", "3.1"],
  [0.07, "share", "7"],
  [120, "seconds", "120"],
  [2_500_000, "money", "2.5"],
  [20, "count", "20"],
  [null, "count", ""],
] as const)("%s %s is typed as %s, and read back the same", (value, unit, text) => {
  expect(typedText(value, unit)).toBe(text);
  expect(typedValue(text, unit)).toBe(value);
});

test("what is no number is none, and a comma is a point", () => {
  expect(typedValue("many", "share")).toBeNaN();
  expect(typedValue("2,5", "share")).toBe(0.025);
});

test.each([
  [0.125, "share", "12.5 %"],
  [0.0042, "share", "0.42 %"],
  [1204, "count", "1,204"],
  [11_520, "seconds", "3.2 h"],
  [0.25, "seconds", "250 ms"],
  [410_000, "money", "$0.41"],
  [null, "share", "no figure"],
] as const)("%s %s reads %s", (value, unit, text) => expect(figureText(value, unit)).toBe(text));

test("a figure beyond its limit is said with both", () => {
  expect(beyondText({ metric: "override_rate", value: 0.315, comparator: "above" }, 0.1)).toBe(
    "31.5 %, at or above 10 %",
  );
});

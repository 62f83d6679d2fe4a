import { expect, test } from "vitest";
import { majorText, minorOf } from "./money-draft";

test.each([
  ["150", "EUR", 15_000],
  ["150.5", "EUR", 15_050],
  ["0,07", "EUR", 7],
  ["1999", "JPY", 1999],
  ["1.005", "KWD", 1005],
])("%s %s is %i minor units, and back", (text, currency, minor) => {
  expect(minorOf(text, currency)).toBe(minor);
  expect(minorOf(majorText(minor, currency), currency)).toBe(minor);
});

test.each([
  ["", "EUR"],
  ["1.005", "EUR"],
  ["1.5", "JPY"],
  ["-1", "EUR"],
  ["1e3", "EUR"],
  ["99999999999999999", "EUR"],
])("%j is no amount in %s", (text, currency) => {
  expect(minorOf(text, currency)).toBeUndefined();
});

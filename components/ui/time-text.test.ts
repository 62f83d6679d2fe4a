import { expect, test } from "vitest";
import { clockTime, relativeTime, utcTime } from "./time-text";

const now = Date.UTC(2026, 10, 22, 10, 35, 7);

test.each([
  [-20_000, "now"],
  [-120_000, "2 min. ago"],
  [3 * 3_600_000, "in 3 hr."],
  [-86_400_000, "yesterday"],
  [-3 * 86_400_000, "3 days ago"],
  [-400 * 86_400_000, "last yr."],
])("a moment %i ms away reads %s", (away, text) => {
  expect(relativeTime(now + away, now)).toBe(text);
});

test("UTC time is the same string everywhere", () => {
  expect(utcTime(now)).toBe("2026-11-22 10:35:07 UTC");
});

test.each([
  [250_000, "4:10"],
  [3_723_000, "1:02:03"],
  [400, "0:01"],
  [-5000, "0:00"],
])("%i ms left reads %s", (left, text) => {
  expect(clockTime(left)).toBe(text);
});

import { expect, test } from "vitest";
import { bucketsOf, startOf, stepOf } from "./buckets";

const at = (iso: string) => new Date(iso);

test("a longer time is cut more coarsely", () => {
  const to = at("2026-11-23T12:00:00Z");
  const from = (days: number) => new Date(to.getTime() - days * 86_400_000);
  expect([1, 3, 4, 90, 365].map((days) => stepOf(from(days), to))).toEqual([
    "hour",
    "hour",
    "day",
    "day",
    "week",
  ]);
});

test("a week begins on its Monday, and a bucket that is cut off is not complete", () => {
  expect(new Date(startOf(Date.parse("2026-11-22T23:00:00Z"), "week")).toISOString()).toBe(
    "2026-11-16T00:00:00.000Z",
  );
  expect(bucketsOf(at("2026-11-20T06:00:00Z"), at("2026-11-22T06:00:00Z"), "day")).toEqual([
    { at: "2026-11-20T00:00:00.000Z", complete: false },
    { at: "2026-11-21T00:00:00.000Z", complete: true },
    { at: "2026-11-22T00:00:00.000Z", complete: false },
  ]);
});

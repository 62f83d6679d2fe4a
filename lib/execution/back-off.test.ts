import { expect, test } from "vitest";
import { backOffMs } from "./back-off";

test("waits double from a second to five minutes, and jitter takes at most a half", () => {
  expect([1, 2, 3, 4, 9, 10, 1000].map((attempt) => backOffMs(attempt, 0))).toEqual([
    1000, 2000, 4000, 8000, 256_000, 300_000, 300_000,
  ]);
  expect(backOffMs(1, 1)).toBe(500);
  expect(backOffMs(0, 0.5)).toBe(750);
});

import { expect, test } from "vitest";
import { milestoneOf, progressWords, shareDone } from "./progress";

test.each([
  [{ status: "pending", rows: 0, total: null }, undefined, "Waits for a worker", "started"],
  [{ status: "running", rows: 1200, total: null }, undefined, "1,200 rows so far", "started"],
  [{ status: "running", rows: 24_999, total: 100_000 }, 0.24999, "24,999 of 100,000 rows", "started"],
  [{ status: "running", rows: 50_000, total: 100_000 }, 0.5, "50,000 of 100,000 rows", "50 per cent done"],
  [{ status: "running", rows: 7, total: 6 }, 1, "7 of 6 rows", "100 per cent done"],
  [{ status: "running", rows: 0, total: 0 }, 0, "0 of 0 rows", "started"],
  [{ status: "done", rows: 1, total: 1 }, 1, "1 row", "finished"],
  [{ status: "failed", rows: 10, total: 20 }, 0.5, "10 of 20 rows", "failed"],
] as const)("%j", (progress, share, words, milestone) => {
  expect(shareDone(progress)).toBe(share);
  expect(progressWords(progress)).toBe(words);
  expect(milestoneOf(progress)).toBe(milestone);
});

import { expect, test } from "vitest";
import { assumedSeconds, handlingSeconds, leastSeconds, priorReviews, type Looks } from "./handling";

const none: Looks = { n: 0, mean: 0 };

test.each<[string, Looks, Looks, number]>([
  ["nobody ever looked at anything", none, none, assumedSeconds],
  // (20 × 120 + 20 × 60) / 40 = 90 of all types, of which this one has no look.
  ["a type without a look takes as long as all types do", none, { n: 20, mean: 120 }, 90],
  // All: (980 × 100 + 20 × 60) / 1000 = 99.2. Own: (3 × 600 + 20 × 99.2) / 23.
  ["three long looks do not swing it", { n: 3, mean: 600 }, { n: 980, mean: 100 }, 3784 / 23],
  // All: (60 × 40 + 20 × 60) / 80 = 45. Own: (20 × 15 + 20 × 45) / 40 = 30.
  ["with as many looks as the prior counts it lies halfway", { n: 20, mean: 15 }, { n: 60, mean: 40 }, 30],
  // All: (2000 × 80 + 1200) / 2020. Own: (1980 × 10 + 20 × 79.80…) / 2000.
  ["many looks stand for themselves", { n: 1980, mean: 10 }, { n: 2000, mean: 80 }, 9.9 + 161_200 / 202_000],
  [
    "nothing takes less than a person needs",
    { n: 10_000, mean: 0.2 },
    { n: 10_000, mean: 0.2 },
    leastSeconds,
  ],
])("%s", (_, own, all, seconds) => {
  expect(handlingSeconds(own, all)).toBeCloseTo(seconds, 9);
});

test("more of the same looks move it further, and never past what people took", () => {
  const all = { n: 500, mean: 50 };
  const after = [0, 1, 5, priorReviews, 200, 5000].map((n) => handlingSeconds({ n, mean: 300 }, all));
  expect(after).toEqual([...after].sort((a, b) => a - b));
  expect(after.at(-1)).toBeLessThan(300);
});

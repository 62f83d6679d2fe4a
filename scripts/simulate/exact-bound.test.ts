import { expect, test } from "vitest";
import { leastNeeded, mostViolations } from "./exact-bound";

test.each([
  [2000, 0.05, 131],
  [2000, 0.1, 243],
  [200, 0.05, 21],
  [200, 0.1, 34],
  [500, 0.05, 41],
  [500, 0.1, 72],
  [1000, 0.05, 73],
  [1000, 0.1, 130],
])("%d streams at %d may show %d violations", (streams, delta, most) => {
  expect(mostViolations(streams, delta)).toBe(most);
});

test("as many decisions as a fixed design needs, for so many wrong", () => {
  const at = (alpha: number) => [0, 1, 2, 3, 4, 5].map(leastNeeded(alpha, 0.05));
  expect(at(0.02)).toEqual([149, 236, 313, 386, 456, 523]);
  expect(at(0.05)).toEqual([59, 93, 124, 153, 181, 208]);
  expect(at(0.1)).toEqual([29, 46, 61, 76, 89, 103]);
});

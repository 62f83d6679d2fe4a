import { expect, test } from "vitest";
import { poisson, randomOf } from "./random";

const draws = (seed: number, name: string, index: number) => {
  const random = randomOf(seed, name, index);
  return Array.from({ length: 50 }, random);
};

test("a stream is the same for the same seed, name and index, and another for any other", () => {
  expect(draws(1, "CAL", 7)).toEqual(draws(1, "CAL", 7));
  const all = [draws(1, "CAL", 7), draws(2, "CAL", 7), draws(1, "STEP", 7), draws(1, "CAL", 8)];
  expect(new Set(all.map(([first]) => first)).size).toBe(4);
});

test("neighbouring streams begin evenly over [0, 1)", () => {
  const firsts = Array.from({ length: 20_000 }, (_, index) => randomOf(5, "even", index)());
  const tenths = Array.from({ length: 10 }, () => 0);
  for (const first of firsts) tenths[Math.floor(first * 10)] = (tenths[Math.floor(first * 10)] ?? 0) + 1;
  // Chi-square with 9 degrees of freedom: 27.9 is exceeded once in a thousand.
  expect(tenths.reduce((sum, seen) => sum + (seen - 2000) ** 2 / 2000, 0)).toBeLessThan(27.9);
});

test.each([0.02, 1, 20, 100, 1300])("Poisson counts of mean %d have its mean, variance and zeros", (mean) => {
  const random = randomOf(3, `poisson ${mean}`, 0);
  const size = 40_000;
  const counts = Array.from({ length: size }, () => poisson(random, mean));
  const average = counts.reduce((sum, count) => sum + count, 0) / size;
  const variance = counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / size;
  // Four standard errors of each.
  expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / size));
  expect(Math.abs(variance - mean)).toBeLessThan(4 * Math.sqrt((mean + 2 * mean ** 2) / size));
  const zero = Math.exp(-mean);
  const zeros = counts.filter((count) => count === 0).length / size;
  expect(Math.abs(zeros - zero)).toBeLessThanOrEqual(4 * Math.sqrt((zero * (1 - zero)) / size) + 1e-12);
});

test("nothing is expected, nothing comes", () => {
  expect(poisson(randomOf(1, "none", 0), 0)).toBe(0);
});

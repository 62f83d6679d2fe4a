import { expect, test } from "vitest";
import {
  arrivalsPerHour,
  daysToClear,
  handledPerDay,
  lastHandled,
  lateOf,
  thresholdChange,
  utilisation,
} from "./attention";

// Two people of six hours, two minutes a review: 12 h * 3600 / 120 s.
const means = { handlingSeconds: 120, hoursPerDay: 12 };
const nobody = { handlingSeconds: 120, hoursPerDay: 0 };

test("the last hours weigh most: half as much for every half-life", () => {
  // Weights 0.25, 0.5, 1 at a half-life of one hour: (0.25 * 4 + 0.5 * 4 + 1 * 11) / 1.75.
  expect(arrivalsPerHour([4, 4, 11], 1)).toBe(8);
  expect(arrivalsPerHour([3, 3, 3])).toBeCloseTo(3, 12);
  expect(arrivalsPerHour([])).toBeNull();
});

test("a day's hours are enough for so many, and arrivals take up their share of them", () => {
  expect(handledPerDay(means)).toBe(360);
  expect(utilisation(270, means)).toBe(0.75);
  expect(utilisation(720, means)).toBe(2);
  expect(utilisation(1, nobody)).toBeNull();
});

test("what is left over clears the queue; without anything left it never clears", () => {
  // 360 - 270 = 90 a day to spare.
  expect(daysToClear(180, 270, means)).toBe(2);
  expect(daysToClear(0, 1000, means)).toBe(0);
  expect(daysToClear(1, 360, means)).toBeNull();
  expect(daysToClear(1, 0, nobody)).toBeNull();
});

test("each review is done in its turn, and late when its turn ends after it is due", () => {
  // One each 240 s around the clock: done at 240, 480, 720.
  expect(lateOf([240, 479, 10_000], means)).toBe(1);
  expect(lateOf([-5, 10, 720], means)).toBe(2);
  expect(lateOf([10, 20], nobody)).toBe(2);
});

test("the last one of the day is the one the hours still reach", () => {
  expect(lastHandled(1000, means)).toBe(360);
  expect(lastHandled(12, means)).toBe(12);
  expect(lastHandled(12, nobody)).toBe(0);
});

const error = { value: 0.1, lower: 0.05, upper: 0.2, n: 60 };

test("a higher threshold costs reviews and prevents what they would catch", () => {
  // 20 a day at 90 s: 30 minutes; 140 a week of which a tenth is wrong.
  expect(thresholdChange(0.01, { movedPerDay: 20, handlingSeconds: 90, error })).toEqual({
    by: 0.01,
    reviewsPerDay: 20,
    minutesPerDay: 30,
    wrongPerWeek: { value: -14, lower: -28, upper: -7 },
  });
});

test("a lower one saves reviews and lets wrong acts through", () => {
  const change = thresholdChange(-0.05, { movedPerDay: 20, handlingSeconds: 90, error });
  expect(change).toEqual({
    by: -0.05,
    reviewsPerDay: -20,
    minutesPerDay: -30,
    wrongPerWeek: { value: 14, lower: 7, upper: 28 },
  });
});

test("without enough labels nothing is said of errors", () => {
  const change = thresholdChange(0.05, { movedPerDay: 0, handlingSeconds: 90, error: null });
  expect(change).toEqual({ by: 0.05, reviewsPerDay: 0, minutesPerDay: 0, wrongPerWeek: null });
});

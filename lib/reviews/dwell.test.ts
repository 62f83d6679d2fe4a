import { expect, test } from "vitest";
import { dwellNeeded, secondsLeft } from "./dwell";

const rule = { seconds: 30, above: 10_000 };

test.each([
  ["above the amount", { amount: 10_001, known: true }, 30],
  ["at the amount", { amount: 10_000, known: true }, 0],
  ["of a type that moves none", { amount: null, known: true }, 0],
  ["of an amount nobody can read", { amount: null, known: false }, 30],
])("a review %s needs its look", (_, facts, seconds) => {
  expect(dwellNeeded(rule, facts)).toBe(seconds);
});

test("a queue without an amount asks it of every review, and zero seconds of none", () => {
  expect(dwellNeeded({ seconds: 5, above: null }, { amount: null, known: true })).toBe(5);
  expect(dwellNeeded({ seconds: 0, above: null }, { amount: 1, known: true })).toBe(0);
});

test("what is left is told in whole seconds, and all of it to whoever does not hold the review", () => {
  expect(secondsLeft(30, 12.2)).toBe(18);
  expect(secondsLeft(30, 30)).toBe(0);
  expect(secondsLeft(30, null)).toBe(30);
});

import { expect, test } from "vitest";
import { truthOf } from "./loss";

test.each([
  ["positive", "correct", "positive"],
  ["positive", "incorrect", "negative"],
  ["positive", "borderline", "negative"],
  ["negative", "correct", "negative"],
  ["negative", "incorrect", "positive"],
  ["negative", "borderline", "positive"],
] as const)("a proposal %s judged %s: acting was %s", (predicted, judgement, truth) => {
  expect(truthOf(predicted, judgement)).toBe(truth);
});

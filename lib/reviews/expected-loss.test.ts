import { expect, test } from "vitest";
import { expectedLoss, type AtStake } from "./expected-loss";

const stake: AtStake = {
  predicted: "positive",
  confidence: 0.75,
  amount: { amount: 10_000, currency: "EUR" },
  costWrongYes: 4000,
  costWrongNo: 800,
  currency: "EUR",
};

test.each([
  ["a wrong yes costs at least what it moves", {}, 2500],
  ["a wrong yes costs what the type says, where that is more", { costWrongYes: 20_000 }, 5000],
  ["an amount in another currency is not compared", { amount: { amount: 1_000_000, currency: "JPY" } }, 1000],
  ["an action that moves nothing costs what the type says", { amount: null }, 1000],
  ["a wrong no costs what the type says, whatever the amount", { predicted: "negative" }, 200],
  ["without a confidence it counts as wrong for certain", { confidence: null }, 10_000],
  ["a confidence that is none counts as wrong for certain", { confidence: Number.NaN }, 10_000],
  ["certainty costs nothing", { confidence: 1 }, 0],
] as const)("%s", (_, more, expected) => {
  expect(expectedLoss({ ...stake, ...more })).toBeCloseTo(expected, 6);
});

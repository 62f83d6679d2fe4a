import { expect, test } from "vitest";
import type { GateView } from "./experiments";
import { costOf, gateSentence, isTold, percent, points, signed } from "./words";

const gate = (more: Partial<GateView>): GateView => ({
  verdict: "undecided",
  n: 200,
  difference: 0,
  low: -0.02,
  high: 0.02,
  margin: 0.02,
  needed: 189,
  missing: 0,
  ...more,
});

test.each([
  [gate({ verdict: "passed", difference: -0.01, low: -0.03, high: 0.005 }), "not worse"],
  [gate({ verdict: "failed", difference: 0.1, low: 0.05, high: 0.15 }), "above the margin of 2.00 %: worse"],
  [gate({}), "it cannot be told."],
  [gate({ n: 20 }), "needs 189 items, a better one fewer"],
  [gate({ missing: 3 }), "3 items have no answer yet"],
  [gate({ n: 0, difference: null }), "nothing can be said"],
])("a gate is said in a sentence", (view, words) => expect(gateSentence(view)).toContain(words));

test("figures are said with the digits that tell", () => {
  expect([percent(0.0421), percent(0.25)]).toEqual(["4.21 %", "25.0 %"]);
  expect([points(0.013), points(-0.013), signed(0, 2)]).toEqual(["+1.30 points", "−1.30 points", "0.00"]);
  expect([4200, 2_500_000, 0].map((micros) => costOf(micros, ["USD"]))).toEqual([
    "0.0042 USD",
    "2.50 USD",
    "0.00 USD",
  ]);
  expect([costOf(42, ["EUR", "USD"], 6), costOf(0, [])]).toEqual(["0.000042 EUR and USD", "nothing"]);
});

test("a difference is told when its interval leaves out nothing", () => {
  expect(isTold({ value: 0.1, low: 0.01, high: 0.2 })).toBe(true);
  expect(isTold({ value: 0.1, low: -0.01, high: 0.2 })).toBe(false);
});

import { expect, test } from "vitest";
import { costMicros, waitBeforeRepeat } from "./cost";
import { tokenProbability } from "./token-probability";

const tokens = (parts: [string, number][]) =>
  parts.map(([token, probability]) => ({ token, logprob: Math.log(probability) }));

test("the probability of an answer is that of the tokens that spell its value, however they are cut", () => {
  const cut = tokens([
    ['{"rationale":"it says predicted', 0.5],
    ['","', 1],
    ["predicted", 1],
    ['":"', 1],
    ["pos", 0.9],
    ["itive", 0.8],
    ['","confidence":0.9}', 0.3],
  ]);
  expect(tokenProbability(cut, "predicted")).toBeCloseTo(0.72, 12);
  expect(tokenProbability(cut)).toBeCloseTo(0.5 * 0.9 * 0.8 * 0.3, 12);
  expect(
    tokenProbability(
      tokens([
        ['{"answer":', 1],
        ["4", 0.25],
        ["}", 1],
      ]),
      "answer",
    ),
  ).toBeCloseTo(0.25, 12);
  expect(tokenProbability(cut, "elsewhere")).toBeNull();
  expect(tokenProbability([])).toBeNull();
});

test("a cost is claimed only where both prices are known, and never rounded to nothing", () => {
  const price = { inputPriceMicros: 400_000, outputPriceMicros: 1_600_000 };
  expect(costMicros(price, { inputTokens: 1000, outputTokens: 200 })).toBe(720);
  expect(costMicros(price, { inputTokens: 1, outputTokens: 0 })).toBe(1);
  expect(costMicros({ ...price, outputPriceMicros: null }, { inputTokens: 1, outputTokens: 1 })).toBeNull();
});

test("repeats wait longer each time, as long as the provider asks, and never for ever", () => {
  expect([1, 2, 3].map((n) => waitBeforeRepeat(n, null, 0.5))).toEqual([250, 500, 1000]);
  expect(waitBeforeRepeat(1, 3000, 0.5)).toBe(3000);
  expect(waitBeforeRepeat(9, 600_000, 0.5)).toBe(20_000);
});

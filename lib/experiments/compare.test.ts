import { describe, expect, test } from "vitest";
import { type Answer, type Case, figuresOf, gateOfCases, segmentsOf, versusOf } from "./compare";

const costs = { wrongYes: 500, wrongNo: 100 };
const ids = { baseline: "a", own: "b" };

function answer(predicted: "positive" | "negative" | null, more: Partial<Answer> = {}): Answer {
  return {
    status: predicted === null ? "failed" : "done",
    predicted,
    confidence: 0.8,
    costMicros: null,
    latencyMs: null,
    argumentsRight: null,
    asksPerson: null,
    ...more,
  };
}

const aCase = (truth: "positive" | "negative", a: Answer, b: Answer, region = "north"): Case => ({
  truth,
  segments: { region },
  answers: new Map([
    ["a", a],
    ["b", b],
  ]),
});

// Four items: both right; only b right; only a right; neither.
const cases = [
  aCase("positive", answer("positive"), answer("positive", { confidence: 1 })),
  aCase("negative", answer("positive"), answer("negative"), "south"),
  aCase("positive", answer("positive"), answer("negative")),
  aCase("negative", answer("positive"), answer("positive"), "south"),
];

describe("a candidate by itself", () => {
  test("is counted by what it would have done wrongly, and what that costs", () => {
    const figures = figuresOf(cases, "b", costs);
    expect(figures).toMatchObject({ answered: 4, failed: 0, wrong_yes: 1, wrong_no: 1, loss: 150 });
    expect(figures.error?.value).toBe(0.5);
    // (1-1)² + (0.8-1)² + (0.8-0)² + (0.8-0)², over four.
    expect(figures.brier).toBeCloseTo((0 + 0.04 + 0.64 + 0.64) / 4, 12);
    // Stated 1: right once. Stated 0.8: right once in three.
    expect(figures.ece).toBeCloseTo(0.75 * (0.8 - 1 / 3), 12);
  });

  test("has no figure of what nobody knows", () => {
    expect(figuresOf([], "b", costs)).toMatchObject({
      answered: 0,
      error: null,
      loss: null,
      brier_interval: null,
      ece: null,
      ece_interval: null,
    });
    const known = [aCase("positive", answer("positive"), answer("positive", { argumentsRight: false }))];
    expect(figuresOf(known, "b", costs).arguments_right?.value).toBe(0);
    expect(figuresOf(known, "a", costs).arguments_right).toBeNull();
  });
});

describe("how sure a candidate's own calibration is", () => {
  /** `n` items that it states 0.8 of, of which eight in ten are right. */
  const sayingSo = (n: number) =>
    Array.from({ length: n }, (_, at) =>
      aCase("positive", answer("positive"), answer(at % 10 < 8 ? "positive" : "negative")),
    );

  test("the Brier score's interval is the mean's", () => {
    const { brier, brier_interval: ends } = figuresOf(sayingSo(1000), "b", costs);
    expect(brier).toBeCloseTo(0.8 * 0.04 + 0.2 * 0.64, 12);
    // Two values 0.6 apart, one in five of them the larger: a standard deviation of 0.6 · 0.4, over 999.
    const reach = 1.959964 * 0.24 * Math.sqrt(1 / 999);
    expect(ends?.low).toBeCloseTo(0.16 - reach, 6);
    expect(ends?.high).toBeCloseTo(0.16 + reach, 6);
  });

  test("the calibration error's interval holds it, touches 0 where all is as stated, and narrows with items", () => {
    const [few, many] = [figuresOf(sayingSo(50), "b", costs), figuresOf(sayingSo(5000), "b", costs)];
    expect(few.ece).toBeCloseTo(0, 12);
    expect(few.ece_interval?.low).toBe(0);
    expect(many.ece_interval?.high).toBeLessThan((few.ece_interval?.high ?? 0) / 5);
    // Half of what is stated at 0.8 is right: the error of 0.3 is told from none.
    const sure = Array.from({ length: 400 }, (_, at) =>
      aCase("positive", answer("positive"), answer(at % 2 === 0 ? "positive" : "negative")),
    );
    const { ece, ece_interval: ends } = figuresOf(sure, "b", costs);
    expect(ece).toBeCloseTo(0.3, 12);
    expect(ends?.low).toBeGreaterThan(0.2);
    expect(ends?.high).toBeLessThan(0.4);
  });
});

describe("a candidate beside the baseline", () => {
  test("differs item by item, with an interval round the difference", () => {
    const versus = versusOf(cases, ids, costs);
    expect(versus.n).toBe(4);
    expect(versus.error.value).toBe(0);
    expect(versus.error.low).toBeLessThan(0);
    expect(versus.error.high).toBeGreaterThan(0);
    // b: 0, 0, 100, 500; a: 0, 500, 0, 500.
    expect(versus.loss?.value).toBe(-100);
    expect(versus.cost_micros).toBeNull();
    expect(versus.ece?.low).toBeLessThanOrEqual(versus.ece?.high ?? NaN);
  });

  test("is paired only where both answered", () => {
    const some = [...cases, aCase("positive", answer(null), answer("positive"))];
    expect(versusOf(some, ids, costs).n).toBe(4);
  });

  test("says the same again of the same answers", () => {
    expect(versusOf(cases, ids, costs)).toEqual(versusOf(cases, ids, costs));
  });
});

describe("the gate over cases", () => {
  const many = (n: number, make: () => Case) => Array.from({ length: n }, make);
  const right = () => aCase("positive", answer("positive"), answer("positive"));

  test("takes an answer that failed for no right one", () => {
    const gate = gateOfCases(
      [...many(300, right), ...many(60, () => aCase("positive", answer("positive"), answer(null)))],
      ids,
      0.02,
    );
    expect(gate).toMatchObject({ verdict: "failed", n: 360, missing: 0 });
  });

  test("passes nothing while an item has no answer", () => {
    const lost = aCase("positive", answer("positive"), answer(null, { status: "interrupted" }));
    expect(gateOfCases(many(300, right), ids, 0.02).verdict).toBe("passed");
    expect(gateOfCases([...many(300, right), lost], ids, 0.02)).toMatchObject({
      verdict: "undecided",
      missing: 1,
    });
  });
});

test("a segment's error is not hidden by a pooled one", () => {
  const region = { key: "region", name: "Region", pointer: "/region" };
  const rows = segmentsOf(cases, [region], ids);
  expect(rows.map(({ value, n, error }) => [value, n, error?.value])).toEqual([
    ["north", 2, 0.5],
    ["south", 2, 0.5],
  ]);
  expect(rows.map(({ difference }) => difference?.value)).toEqual([0.5, -0.5]);
  expect(segmentsOf(cases, [region], { baseline: "a", own: "a" })[1]).toMatchObject({
    error: { value: 1 },
    difference: null,
  });
});

import { expect, test } from "vitest";
import { sigmoid } from "@/lib/stats/logistic";
import { combine, fitCombination, type JudgedAnswer } from "./confidence";

/** Answers whose truth follows a known map of two sources; numbers by a fixed sequence. */
function judgedBy(weights: { verbalised: number; token_probability: number }, constant: number, n: number) {
  let state = 12345;
  const draw = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  return Array.from({ length: n }, (_, at): JudgedAnswer => {
    const confidences = { verbalised: 0.02 + 0.96 * draw(), token_probability: 0.02 + 0.96 * draw() };
    const p = combine({ weights, constant }, confidences) ?? 0;
    return { id: `dec_${String(at).padStart(6, "0")}`, confidences, right: draw() < p, weight: 1 };
  });
}

test("a fit finds the map that the truths came from", () => {
  const fitted = fitCombination(judgedBy({ verbalised: 0.4, token_probability: 1.1 }, 0.5, 8000));
  expect(fitted?.weights.verbalised).toBeCloseTo(0.4, 1);
  expect(fitted?.weights.token_probability).toBeCloseTo(1.1, 1);
  expect(fitted?.constant).toBeCloseTo(0.5, 1);
});

test("cross-fitted, the combination forecasts better than either source it is made of", () => {
  const scores = fitCombination(judgedBy({ verbalised: 0.4, token_probability: 1.1 }, 0.5, 2000))?.scores;
  const combined = scores?.combined?.log_loss ?? Infinity;
  expect(combined).toBeLessThan(scores?.verbalised?.log_loss ?? 0);
  expect(combined).toBeLessThan(scores?.token_probability?.log_loss ?? 0);
});

test("an answer that counts twice counts as two answers", () => {
  const judged = judgedBy({ verbalised: 1, token_probability: 0 }, 0, 400);
  const doubled = judged.map((one) => ({ ...one, weight: 2 }));
  const repeated = judged.flatMap((one) => [one, { ...one, id: `${one.id}b` }]);
  const [a, b] = [fitCombination(doubled), fitCombination(repeated)];
  expect(a?.weights.verbalised).toBeCloseTo(b?.weights.verbalised ?? 0, 6);
});

test("a source that never erred keeps a finite weight", () => {
  const judged = Array.from({ length: 100 }, (_, at) => {
    const right = at % 2 === 0;
    return { id: `dec_${at}`, confidences: { verbalised: right ? 0.9 : 0.2 }, right, weight: 1 };
  });
  const weight = fitCombination(judged)?.weights.verbalised ?? Infinity;
  expect(weight).toBeGreaterThan(0.5);
  expect(weight).toBeLessThan(20);
});

test("too few answers, or too few wrong ones, give no fit", () => {
  const judged = judgedBy({ verbalised: 1, token_probability: 0 }, 0, 200);
  expect(fitCombination(judged.slice(0, 49))).toBeNull();
  expect(fitCombination(judged.map((one) => ({ ...one, right: true })))).toBeNull();
});

test("a combination gives no figure where a source it weighs is missing, and is the sigmoid of what it weighs", () => {
  const fitted = { weights: { verbalised: 2 }, constant: -1 };
  expect(combine(fitted, { token_probability: 0.9 })).toBeNull();
  expect(combine(fitted, { verbalised: 0.5 })).toBeCloseTo(sigmoid(-1), 9);
});

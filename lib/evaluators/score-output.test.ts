import { expect, test } from "vitest";
import {
  scoreExact,
  scoreLimit,
  scoreSimilarity,
  scoreValue,
  type Expected,
  type Output,
} from "./score-output";

const output: Output = {
  predicted: "positive",
  arguments: { amount: 1800, reply: "Your refund is on its way", nested: { a: 1, b: 2 } },
  rationale: "",
};
const expected = (given: Partial<Expected>): Expected => ({ truth: null, arguments: null, ...given });

test("exact compares the proposal with the truth and each right argument, whatever their members' order", () => {
  const right = expected({ truth: "positive", arguments: { amount: 1800, nested: { b: 2, a: 1 } } });
  expect(scoreExact({ output, expected: right })).toMatchObject({ score: 1, passed: true, label: "same" });
  const wrong = expected({
    truth: "positive",
    arguments: { amount: 1900, reply: output.arguments.reply ?? "" },
  });
  const given = scoreExact({ output, expected: wrong });
  expect(given).toMatchObject({ passed: false, label: "different", rationale: "Different: /amount" });
  expect(given.score).toBeCloseTo(2 / 3);
});

test("exact looks at the fields it is told, and at no argument where acting was wrong", () => {
  const right = expected({ truth: "positive", arguments: { amount: 1, nested: { a: 1 } } });
  expect(scoreExact({ output, expected: right }, { fields: ["/nested/a"] })).toMatchObject({ passed: true });
  const none = expected({ truth: "negative", arguments: { amount: 1 } });
  expect(scoreExact({ output, expected: none })).toMatchObject({
    score: 0,
    rationale: "Different: proposal",
  });
});

test("where nothing is known to be right nothing is said, and never a pass", () => {
  const nothing = { score: null, passed: null };
  const how = { field: "/reply", method: "words", passAt: 0.8 } as const;
  expect(scoreExact({ output, expected: expected({}) })).toMatchObject(nothing);
  expect(scoreSimilarity({ output, expected: expected({}) }, how)).toMatchObject(nothing);
  expect(scoreLimit(null, { most: 10, unit: "ms" })).toMatchObject(nothing);
  expect(scoreValue(1.5, 0.8)).toMatchObject(nothing);
});

test("similarity counts letters to change, or words in common", () => {
  const right = expected({ arguments: { reply: "your refund is on the way" } });
  const letters = scoreSimilarity(
    { output, expected: right },
    { field: "/reply", method: "edit_distance", passAt: 0.8 },
  );
  // Y → y, its → the: s → nothing is one insertion and changes; 4 of 25 letters.
  expect(letters.score).toBeCloseTo(1 - 4 / 25);
  expect(letters.passed).toBe(true);
  const words = scoreSimilarity(
    { output, expected: right },
    { field: "/reply", method: "words", passAt: 0.9 },
  );
  expect(words.score).toBeCloseTo(5 / 6);
  expect(words.passed).toBe(false);
});

test("a text that is missing from the output fails; one that is missing from the answer says nothing", () => {
  const how = { field: "/note", method: "words", passAt: 0.5 } as const;
  const withNote = expected({ arguments: { note: "x" } });
  expect(scoreSimilarity({ output, expected: withNote }, how)).toMatchObject({ score: 0, passed: false });
  expect(scoreSimilarity({ output, expected: expected({ arguments: {} }) }, how)).toMatchObject({
    passed: null,
  });
});

test("a limit passes up to itself, and half is left of the score there", () => {
  expect(scoreLimit(200, { most: 200, unit: "ms" })).toMatchObject({ passed: true, score: 0.5 });
  expect(scoreLimit(201, { most: 200, unit: "ms" })).toMatchObject({ passed: false, label: "over" });
});

import { expect, test } from "vitest";
import { RuleProblem } from "@/lib/policies/rule-problem";
import { compileScoring, type CelItem } from "./evaluator-cel";

const item: CelItem = {
  input: { message: "hello", lines: [1, 2] },
  context: null,
  output: { predicted: "positive", arguments: { amount: 50 }, rationale: "short" },
  expected: { truth: null, arguments: null },
  confidence: 0.7,
  latencyMs: null,
  costMicros: null,
};

test.each([
  ['decision.predicted == "positive"', { score: 1, passed: true }],
  ["decision.confidence / 2.0", { score: 0.35, passed: false }],
  ["size(decision.rationale) > 20", { score: 0, passed: false }],
  ["has(expected.truth) ? 1.0 : 0.0", { score: 0, passed: false }],
  ["1", { score: 1, passed: true }],
])("%s scores", (source, given) => {
  expect(compileScoring(source).give(item, 0.5)).toMatchObject(given);
});

test("what cannot be evaluated, or is out of range, is not told, and never a pass", () => {
  for (const source of ["decision.latency_ms < 100.0", "decision.confidence * 3.0"]) {
    expect(compileScoring(source).give(item, 0.5)).toMatchObject({ score: null, passed: null });
  }
});

test.each(["'yes'", "decision.unknown", "decision.rationale.matches('a+')", `${"1 + ".repeat(600)}1`, "1 +"])(
  "%s is refused with its place",
  (source) => {
    expect(() => compileScoring(source)).toThrow(RuleProblem);
  },
);

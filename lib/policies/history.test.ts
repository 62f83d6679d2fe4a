import { describe, expect, test } from "vitest";
import { windowSeconds } from "./history";
import { compilePolicyRule } from "./policy-cel";
import { RuleProblem } from "./rule-problem";

function problem(source: string): RuleProblem {
  try {
    compilePolicyRule(source);
  } catch (error) {
    if (error instanceof RuleProblem) return error;
    throw error;
  }
  throw new Error(`the rule was accepted: ${source}`);
}

test.each([
  ["1m", 60],
  ["90m", 5400],
  ["24h", 86_400],
  ["30d", 2_592_000],
  ["31d", null],
  ["0h", null],
  ["1s", null],
  ["1.5h", null],
  ["", null],
])("the window %s is %s seconds", (text, seconds) => {
  expect(windowSeconds(text)).toBe(seconds);
});

describe("what a rule may ask of history", () => {
  test.each([
    ['history.count("31d") > 1', "is no window", "Write the window out"],
    ["history.count(decision.type) > 1", "is no window", "Write the window out"],
    ["history.count() > 1", "no matching overload", null],
    ['history.seen("1d", decision.type) > 1', "must be written out", 'such as "iban"'],
    ['history.count("1d", decision.type) > 1', "must be written out", "refund.issue"],
    ['history.median("1d") > 1', "no matching overload", null],
    ['history.count("1d") * 2 > 1', "no such overload", "write 2.0"],
    ["decision.reasons.size() > 0", "No such key: reasons", null],
  ])("%s: %s", (source, message, fix) => {
    const found = problem(source);
    expect(found.message).toContain(message);
    expect(found.line).toBe(1);
    if (fix !== null) expect(found.fix).toContain(fix);
  });

  test("more asks than one query should carry are refused", () => {
    const asks = Array.from({ length: 13 }, (_, at) => `history.count("${at + 1}h") > 5`);
    expect(problem(asks.join(" || ")).message).toContain("more than 12");
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileRule, keptRule } from "./cel";
import type { Facts } from "./facts";
import { RuleProblem } from "./rule-problem";

const facts: Facts = {
  type: "refund.issue",
  app: "refund-desk",
  amount: 50_000,
  currency: "EUR",
  confidence: 0.7,
  predicted: "positive",
  severity: "high",
  input: { message: "I was charged twice", visits: 3, tags: ["vip", "late"] },
  context: [{ id: "order", kind: "order", data: { total: 12.5 } }],
  arguments: { invoice: "INV-1", amount: 50_000 },
  subject: { type: "customer", id: "c_1" },
  metadata: { tier: "gold" },
  model: "small",
  prompt_version: "v3",
  reasons: ["over_cap"],
};

const holds = (source: string, more: Partial<Facts> = {}) => compileRule(source).holds({ ...facts, ...more });

function problem(source: string): RuleProblem {
  try {
    compileRule(source);
  } catch (error) {
    if (error instanceof RuleProblem) return error;
    throw error;
  }
  throw new Error(`the rule was accepted: ${source}`);
}

describe("a rule over a decision", () => {
  test.each([
    ["decision.amount > 49999", true],
    ["decision.amount >= 50000.0 && decision.currency == 'EUR'", true],
    ["decision.amount * 2.0 > 100000.0", false],
    ["decision.type == 'refund.issue' && decision.app.startsWith('refund')", true],
    ["'over_cap' in decision.reasons", true],
    ["decision.severity in ['low', 'medium']", false],
    ["decision.input.visits > 2 && 'vip' in decision.input.tags", true],
    ["decision.context.exists(item, item.kind == 'order')", true],
    ["decision.arguments['invoice'] == 'INV-1'", true],
    ["decision.subject.type == 'customer' && decision.metadata.tier == 'gold'", true],
    ["has(decision.input.nothing) && decision.input.nothing > 1", false],
    [
      "decision.prompt_version != 'v2' && decision.predicted == 'positive' && decision.model == 'small'",
      true,
    ],
    ["true", true],
  ])("%s is %s", (source, expected) => {
    expect(holds(source)).toEqual({ holds: expected, error: null });
  });

  test("what a decision does not have is an error that says to ask first, never true", () => {
    const { holds: held, error } = holds("decision.confidence < 0.5", { confidence: null });
    expect(held).toBe(false);
    expect(error).toMatchObject({ message: "No such key: confidence", column: 10 });
    expect(error?.fix).toContain("has(");
    expect(holds("has(decision.confidence) && decision.confidence < 0.5", { confidence: null })).toEqual({
      holds: false,
      error: null,
    });
    expect(holds("decision.subject.id == 'x'", { subject: null }).error).toBeInstanceOf(RuleProblem);
    expect(
      holds("decision.context.size() == 0 && !has(decision.metadata.tier)", { context: null, metadata: null })
        .holds,
    ).toBe(true);
  });

  test("nothing of the language below is reached through a decision", () => {
    for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      expect(holds(`has(decision.input.${name})`)).toEqual({ holds: false, error: null });
      expect(holds(`decision.arguments.${name} == 1`).error).toBeInstanceOf(RuleProblem);
    }
  });

  test("a value that is neither true nor false does not count", () => {
    expect(holds("decision.input.visits")).toMatchObject({ holds: false, error: { message: /neither/ } });
  });
});

describe("a rule that cannot be used", () => {
  test.each([
    ["decision.amount * 2 > 100", 1, 1, "no such overload: double * int", "write 2.0"],
    ["amount > 100.0", 1, 1, "Unknown variable: amount", "decision.amount"],
    ["decision.amuont > 100.0", 1, 10, "No such key: amuont", "A decision has type, app, amount"],
    ["decision.type == 3", 1, 1, "no such overload: string == int", null],
    ["decision.amount == null", 1, 1, "no such overload: double == null", "has("],
    ["decision.amount > 1.0 &&\n  decision.type ==", 2, 19, "stops in the middle", null],
    ["decision.amount", 1, 1, "is double, and a rule must be true or false", "Compare"],
    ["decision.type.matches('(a+)+$')", 1, 1, "matches is not available in a rule", "contains"],
    [
      "decision.context.exists(a, decision.context.exists(b, a == b))",
      1,
      28,
      "is a loop within a loop",
      "one list",
    ],
    ["cel.bind(a, decision.type + decision.type, a == a)", 1, 1, "bind is not available in a rule", "Write"],
  ])("%s: line %i column %i, %s", (source, line, column, message, fix) => {
    const found = problem(source);
    expect(found).toMatchObject({ line, column, message });
    if (fix === null) expect(found.fix).toBeNull();
    else expect(found.fix).toContain(fix);
  });

  test("long and deep ones are refused", () => {
    expect(problem("true || ".repeat(300) + "true").message).toContain("longer");
    expect(problem("!".repeat(400) + "true")).toBeInstanceOf(RuleProblem);
  });

  test("loops one after the other are no loop within a loop", () => {
    expect(holds("decision.context.filter(c, c.kind == 'order').exists(c, c.id == 'order')").holds).toBe(
      true,
    );
  });

  test("whatever is written, it is a rule or a problem with a place in it", () => {
    const words = fc.constantFrom(
      "decision",
      ".",
      "amount",
      "has(",
      "(",
      ")",
      "1.0",
      "'x'",
      ">",
      "&&",
      "[",
      "]",
      "==",
      "exists(c,",
      "{",
      "?",
      ":",
      "é",
      "\n",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), (parts) => {
        const source = parts.join(" ");
        const kept = keptRule(source);
        if (kept instanceof RuleProblem) {
          expect(kept.at.start).toBeGreaterThanOrEqual(0);
          expect(kept.line).toBeGreaterThan(0);
        } else expect(typeof kept.holds(facts).holds).toBe("boolean");
      }),
      { numRuns: 2000 },
    );
  });
});

test("a kept rule is compiled once", () => {
  expect(keptRule("decision.amount > 7.0")).toBe(keptRule("decision.amount > 7.0"));
  expect(keptRule("decision.amount >")).toBe(keptRule("decision.amount >"));
});

test("a large decision costs a rule little", () => {
  const context = Array.from({ length: 20_000 }, (_, at) => ({ id: `${at}`, kind: "line" }));
  const rule = compileRule(
    "decision.context.exists(c, c.kind == 'no') || decision.context.all(c, c.kind == 'line')",
  );
  const began = performance.now();
  expect(rule.holds({ ...facts, context }).holds).toBe(true);
  expect(performance.now() - began).toBeLessThan(500);
});

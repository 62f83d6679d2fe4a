import { Environment } from "@marcbachmann/cel-js";
import { keeper, ruleLimits } from "@/lib/policies/cel";
import { refuseUnbounded } from "@/lib/policies/rule-bounds";
import { longestRule } from "@/lib/policies/rule-length";
import { problemOf, RuleProblem } from "@/lib/policies/rule-problem";
import type { JsonValue } from "@/lib/kernel/json";
import { scoreValue, unknown, type Expected, type Given, type Output } from "./score-output";

/** What an evaluator's expression may look at; what is null is absent in it, and `has(…)` asks first. */
export type CelItem = {
  input: JsonValue;
  context: JsonValue | null;
  output: Output;
  expected: Expected;
  confidence: number | null;
  latencyMs: number | null;
  costMicros: number | null;
};

/** An expression that was read and checked. */
export type ScoringRule = { source: string; give: (item: CelItem, passAt: number) => Given };

/**
 * Reads and checks an evaluator's expression: CEL over `decision` and `expected` that is true or false, or a number from
 * 0 to 1. Throws {@link RuleProblem}. What could take long is refused as it is in policies.
 */
export function compileScoring(source: string): ScoringRule {
  if (source.length > longestRule) throw tooLong(source);
  const parsed = parsedOf(source);
  refuseUnbounded(source, parsed.ast);
  const { valid, type, error } = parsed.check();
  if (!valid) throw problemOf(source, error);
  if (!answers.has(String(type))) {
    throw new RuleProblem(source, `is ${type}, and must be true or false, or a number from 0 to 1`, {
      at: { start: 0, end: source.length },
      fix: "Compare it with something, or divide it by its most.",
    });
  }
  return { source, give: (item, passAt) => given(source, () => parsed(factsOf(item)), passAt) };
}

/** An expression compiled once and kept; a broken one keeps its problem. */
export const keptScoring = keeper(compileScoring);

const answers = new Set(["bool", "double", "int", "dyn"]);

const environment = new Environment({ limits: ruleLimits })
  .registerVariable({
    name: "decision",
    schema: {
      input: "dyn",
      context: "dyn",
      predicted: "string",
      arguments: "map<string, dyn>",
      rationale: "string",
      confidence: "double",
      latency_ms: "double",
      cost_micros: "double",
    },
  })
  .registerVariable({ name: "expected", schema: { truth: "string", arguments: "map<string, dyn>" } });

function parsedOf(source: string) {
  try {
    return environment.parse(source);
  } catch (error) {
    throw problemOf(source, error);
  }
}

function factsOf(item: CelItem) {
  const { output, expected } = item;
  return {
    decision: {
      input: item.input ?? undefined,
      context: item.context ?? [],
      predicted: output.predicted,
      arguments: output.arguments,
      rationale: output.rationale,
      confidence: item.confidence ?? undefined,
      latency_ms: item.latencyMs ?? undefined,
      cost_micros: item.costMicros ?? undefined,
    },
    expected: { truth: expected.truth ?? undefined, arguments: expected.arguments ?? undefined },
  };
}

function given(source: string, evaluate: () => unknown, passAt: number): Given {
  try {
    const value = evaluate();
    if (typeof value === "boolean") return scoreValue(value, passAt);
    if (typeof value === "number" || typeof value === "bigint") return scoreValue(Number(value), passAt);
    return unknown("The expression came to something else than true, false or a number.");
  } catch (error) {
    return unknown(`The expression could not be evaluated: ${problemOf(source, error).message}`);
  }
}

function tooLong(source: string): RuleProblem {
  return new RuleProblem(source, `is longer than ${longestRule} characters`, {
    at: { start: longestRule, end: source.length },
    fix: "Make two evaluators of it.",
  });
}

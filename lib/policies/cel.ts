import { Environment, type ASTNode, type ParseResult } from "@marcbachmann/cel-js";
import { factMeanings, presentFacts, type Facts } from "./facts";
import { refuseUnbounded } from "./rule-bounds";
import { longestRule } from "./rule-length";
import { RuleProblem, problemOf } from "./rule-problem";

/** What a rule says of one decision. A rule that cannot be evaluated never counts as true. */
export type Holding = { holds: boolean; error: null } | { holds: false; error: RuleProblem };

/** A rule that was read and checked. Evaluating it touches nothing and ends. */
export type Rule = { source: string; holds: (facts: Facts) => Holding };

/**
 * Reads and checks a rule: a CEL expression over `decision` that is true or false. Throws {@link RuleProblem}, which
 * says where and what to do about it. What could take long is refused: expressions inside each other's loops, patterns.
 */
export function compileRule(source: string): Rule {
  if (source.length > longestRule) {
    throw new RuleProblem(source, `is longer than ${longestRule} characters`, {
      at: { start: longestRule, end: source.length },
      fix: "Split it into several queues' rules.",
    });
  }
  const parsed = parse(source);
  refuseUnbounded(source, parsed.ast);
  const { valid, type, error } = parsed.check();
  if (!valid) throw problemOf(source, error);
  if (type !== "bool" && type !== "dyn") {
    throw new RuleProblem(source, `is ${type}, and a rule must be true or false`, {
      at: { start: 0, end: source.length },
      fix: "Compare it with something, such as decision.amount > 50000.0.",
    });
  }
  return { source, holds: (facts) => evaluate(source, parsed, facts) };
}

/** A rule compiled once and kept, the oldest given up first; a broken one keeps its problem. */
export function keptRule(source: string): Rule | RuleProblem {
  const known = kept.get(source);
  if (known) return known;
  const compiled = compiledOrProblem(source);
  const oldest = kept.size >= mostKept ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
  kept.set(source, compiled);
  return compiled;
}

const kept = new Map<string, Rule | RuleProblem>();
const mostKept = 500;

function compiledOrProblem(source: string): Rule | RuleProblem {
  try {
    return compileRule(source);
  } catch (error) {
    if (error instanceof RuleProblem) return error;
    throw error;
  }
}

// `type` alone is a function of CEL, so everything stands below one name.
const environment = new Environment({
  limits: { maxAstNodes: 250, maxDepth: 40, maxListElements: 100, maxMapEntries: 50, maxCallArguments: 8 },
}).registerVariable({ name: "decision", schema: schemaOfFacts() });

type Shape = { [name: string]: string | Shape };

function schemaOfFacts(): Shape {
  const shape: Shape = {};
  for (const { name, type } of factMeanings) {
    const [outer = "", inner] = name.split(".");
    if (inner === undefined) shape[outer] = type;
    else shape[outer] = { ...(shape[outer] as Shape | undefined), [inner]: type };
  }
  return shape;
}

function parse(source: string): ParseResult & { ast: ASTNode } {
  try {
    return environment.parse(source);
  } catch (error) {
    throw problemOf(source, error);
  }
}

function evaluate(source: string, parsed: ParseResult, facts: Facts): Holding {
  try {
    const value: unknown = parsed({ decision: presentFacts(facts) });
    if (typeof value === "boolean") return { holds: value, error: null };
    const fix = "Compare it with something, so that it is true or false.";
    return {
      holds: false,
      error: new RuleProblem(source, "was neither true nor false for this decision", {
        at: { start: 0, end: source.length },
        fix,
      }),
    };
  } catch (error) {
    return { holds: false, error: problemOf(source, error) };
  }
}

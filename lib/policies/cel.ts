import { Environment, type ParseResult } from "@marcbachmann/cel-js";
import { factMeanings, presentFacts, type FactMeaning, type Facts } from "./facts";
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
  const parsed = checkedRule(environment, source);
  const holds = (facts: Facts) => valueOf(source, () => parsed({ decision: presentFacts(facts) }));
  return { source, holds };
}

/** A rule in the words of an environment, bounded and true or false. Throws {@link RuleProblem}. */
export function checkedRule(words: Environment, source: string): ParseResult {
  if (source.length > longestRule) {
    throw new RuleProblem(source, `is longer than ${longestRule} characters`, {
      at: { start: longestRule, end: source.length },
      fix: "Split it into several rules.",
    });
  }
  const parsed = parse(words, source);
  refuseUnbounded(source, parsed.ast);
  const { valid, type, error } = parsed.check();
  if (!valid) throw problemOf(source, error);
  if (type !== "bool" && type !== "dyn") {
    throw new RuleProblem(source, `is ${type}, and a rule must be true or false`, {
      at: { start: 0, end: source.length },
      fix: "Compare it with something, such as decision.amount > 50000.0.",
    });
  }
  return parsed;
}

/** Keeps what a compiler made of a source, the oldest given up first; a broken one keeps its problem. */
export function keeper<Made extends object>(compile: (source: string) => Made) {
  const kept = new Map<string, Made | RuleProblem>();
  return (source: string): Made | RuleProblem => {
    const known = kept.get(source);
    if (known) return known;
    const compiled = madeOrProblem(compile, source);
    const oldest = kept.size >= mostKept ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(source, compiled);
    return compiled;
  };
}

/** A rule compiled once and kept. */
export const keptRule = keeper(compileRule);

const mostKept = 500;

function madeOrProblem<Made>(compile: (source: string) => Made, source: string): Made | RuleProblem {
  try {
    return compile(source);
  } catch (error) {
    if (error instanceof RuleProblem) return error;
    throw error;
  }
}

/** How large an expression may be. */
export const ruleLimits = {
  maxAstNodes: 250,
  maxDepth: 40,
  maxListElements: 100,
  maxMapEntries: 50,
  maxCallArguments: 8,
};

// `type` alone is a function of CEL, so everything stands below one name.
const environment = new Environment({ limits: ruleLimits }).registerVariable({
  name: "decision",
  schema: schemaOf(factMeanings),
});

type Shape = { [name: string]: string | Shape };

/** The CEL schema of facts by name. */
export function schemaOf(meanings: readonly FactMeaning[]): Shape {
  const shape: Shape = {};
  for (const { name, type } of meanings) {
    const [outer = "", inner] = name.split(".");
    if (inner === undefined) shape[outer] = type;
    else shape[outer] = { ...(shape[outer] as Shape | undefined), [inner]: type };
  }
  return shape;
}

function parse(words: Environment, source: string): ParseResult {
  try {
    return words.parse(source);
  } catch (error) {
    throw problemOf(source, error);
  }
}

/** What an evaluation came to; one that threw, or is neither true nor false, never counts as true. */
export function valueOf(source: string, evaluate: () => unknown): Holding {
  try {
    const value = evaluate();
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

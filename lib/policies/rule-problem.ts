import {
  EvaluationError,
  ParseError,
  TypeError as RuleTypeError,
  type SourceRange,
} from "@marcbachmann/cel-js";

import { factMeanings } from "./facts";

type More = { at: SourceRange; fix?: string };

/** What is wrong with a rule, or with reading it for one decision: where, and what to do about it. */
export class RuleProblem extends Error {
  /** Characters from the rule's start; `end` is past the last one. */
  readonly at: SourceRange;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  readonly fix: string | null;

  constructor(source: string, message: string, { at, fix }: More) {
    super(message);
    this.name = "RuleProblem";
    this.at = at;
    const before = source.slice(0, at.start).split("\n");
    this.line = before.length;
    this.column = (before.at(-1)?.length ?? 0) + 1;
    this.fix = fix ?? null;
  }
}

/** An error of the evaluator as a problem of the rule, with the hint that its kind asks for. */
export function problemOf(source: string, error: unknown): RuleProblem {
  if (error instanceof RuleProblem) return error;
  const known =
    error instanceof ParseError || error instanceof RuleTypeError || error instanceof EvaluationError;
  if (!known) return new RuleProblem(source, "cannot be evaluated", { at: { start: 0, end: source.length } });
  const at = error.range ?? { start: 0, end: source.length };
  const said = source.slice(at.start, at.end);
  return new RuleProblem(source, messageOf(error.code, error.summary), {
    at,
    fix:
      error instanceof RuleTypeError && error.code === "no_such_key"
        ? whatThereIs
        : fixOf(error.code, error.summary, said),
  });
}

const outer = new Set(factMeanings.map(({ name }) => name.split(".")[0]));
const whatThereIs = `A decision has ${[...outer].join(", ")}.`;

function messageOf(code: string, summary: string): string {
  if (code === "unexpected_token" && summary.includes("EOF")) return "stops in the middle";
  return summary.slice(0, 300);
}

function fixOf(code: string, summary: string, said: string): string | undefined {
  if (code === "unknown_variable") return "Everything is asked of decision, such as decision.amount.";
  if (code === "no_such_key")
    return `Ask first whether it is there: has(…${said.startsWith(".") ? said : `.${said}`}) && …`;
  if (code === "no_such_overload" && /double/.test(summary) && /\bu?int\b/.test(summary))
    return "Numbers of a decision have decimals: write 2.0, not 2.";
  if (code === "no_such_overload" && summary.includes("null"))
    return "What is not there is asked for with has(decision.amount).";
  return undefined;
}

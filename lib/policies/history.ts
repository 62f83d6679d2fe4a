import { EvaluationError, type ASTNode } from "@marcbachmann/cel-js";
import { childrenOf } from "./ast";
import { RuleProblem } from "./rule-problem";

/**
 * What a rule asks of the same subject's earlier decisions. `seconds`: the window, back from this decision. Of a
 * decision without a subject, nothing can be asked.
 */
export type HistoryAsk =
  /** How many there were; `sum`: of their amounts, in this decision's currency and minor units. */
  | { of: "count" | "sum"; seconds: number; type: string | null }
  /**
   * `argument` names one of the action's arguments. distinct: different values it had, this decision's included;
   * seen: earlier decisions in which it had the value that it has in this one.
   */
  | { of: "distinct" | "seen"; seconds: number; argument: string };

/** Answers by {@link historyKey}; null: the decision has no subject, or nobody could look. */
export type HistoryAnswers = ReadonlyMap<string, number> | null;

/** The name under which an ask's answer is found. */
export function historyKey(ask: HistoryAsk): string {
  const detail = "argument" in ask ? ask.argument : (ask.type ?? "");
  return `${ask.of} ${ask.seconds} ${detail}`;
}

/** Rows of one subject that are looked at, the newest: from here on an answer means "at least". */
export const mostHistory = 10_000;
/** The longest window, in words. */
const longestWindow = "30d";
const longestSeconds = 30 * 86_400;
/** Different asks one version may make: each is a column of one query. */
export const mostAsks = 12;

/** `90m`, `24h`, `30d` in seconds; null where it is no window between a minute and {@link longestWindow}. */
export function windowSeconds(text: string): number | null {
  const match = /^([1-9]\d{0,4})([mhd])$/.exec(text);
  if (!match) return null;
  const seconds = Number(match[1]) * (unitSeconds[match[2] ?? ""] ?? 0);
  return seconds >= 60 && seconds <= longestSeconds ? seconds : null;
}

const unitSeconds: Record<string, number> = { m: 60, h: 3600, d: 86_400 };

/** What `history` is inside a rule. */
export class History {
  readonly #answers: HistoryAnswers;

  constructor(answers: HistoryAnswers) {
    this.#answers = answers;
  }

  /** Throws where the question was not answered, so that the rule counts as one that could not be evaluated. */
  answer(of: HistoryAsk["of"], window: string, detail: string | null): number {
    const key = `${of} ${windowSeconds(window) ?? 0} ${detail ?? ""}`;
    const found = this.#answers?.get(key);
    if (found !== undefined) return found;
    throw new EvaluationError({ code: "no_history", message: "There is no history to look at" });
  }
}

const asks = new Set<string>(["count", "sum", "distinct", "seen"]);

/** Everything a rule asks of history. Throws {@link RuleProblem} where a window or an argument is not written out. */
export function historyAsksOf(source: string, ast: ASTNode): HistoryAsk[] {
  const found = new Map<string, HistoryAsk>();
  collect(source, ast, found);
  return [...found.values()];
}

function collect(source: string, node: ASTNode, found: Map<string, HistoryAsk>): void {
  if (node.op === "rcall" && isHistory(node.args[1]) && asks.has(node.args[0])) {
    const ask = askOf(source, node.args[0], node.args[2]);
    if (ask) found.set(historyKey(ask), ask);
    return;
  }
  for (const child of childrenOf(node.args)) collect(source, child, found);
}

function isHistory(node: ASTNode): boolean {
  return node.op === "id" && node.args === "history";
}

function askOf(source: string, of: string, args: readonly ASTNode[]): HistoryAsk | null {
  const [window, detail] = args;
  // The checker says what is missing.
  if (!window) return null;
  const seconds = windowSeconds(literalOf(window) ?? "");
  if (seconds === null) {
    throw new RuleProblem(source, `is no window between 1m and ${longestWindow}`, {
      at: window.range,
      fix: 'Write the window out: "90m", "24h" or "7d".',
    });
  }
  if (of === "count" || of === "sum")
    return { of, seconds, type: detail ? written(source, detail, "refund.issue") : null };
  if (!detail) return null;
  const name = of === "seen" ? "seen" : "distinct";
  return { of: name, seconds, argument: written(source, detail, "iban") };
}

function written(source: string, node: ASTNode, example: string): string {
  const text = literalOf(node);
  if (text !== null && text.length > 0 && text.length <= 100) return text;
  throw new RuleProblem(source, "must be written out here", {
    at: node.range,
    fix: `Write it as text, such as "${example}".`,
  });
}

function literalOf(node: ASTNode): string | null {
  return node.op === "value" && typeof node.args === "string" ? node.args : null;
}

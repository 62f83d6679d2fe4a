import { Environment } from "@marcbachmann/cel-js";
import { checkedRule, keeper, ruleLimits, schemaOf, valueOf, type Holding } from "./cel";
import { policyMeanings, presentPolicyFacts, type PolicyFacts } from "./facts";
import { History, historyAsksOf, mostAsks, type HistoryAnswers, type HistoryAsk } from "./history";
import { RuleProblem } from "./rule-problem";
import type { Finding } from "./schema";

/** A policy's rule that was read and checked, and what it asks of history. */
export type PolicyRuleCheck = {
  source: string;
  asks: readonly HistoryAsk[];
  holds: (facts: PolicyFacts, history: HistoryAnswers) => Holding;
};

/**
 * Reads and checks a policy's rule: a CEL expression over `decision` and `history` that is true or false. Throws
 * {@link RuleProblem}, which says where and what to do about it.
 */
export function compilePolicyRule(source: string): PolicyRuleCheck {
  const parsed = checkedRule(environment, source);
  const asks = historyAsksOf(source, parsed.ast);
  if (asks.length > mostAsks) {
    throw new RuleProblem(source, `asks more than ${mostAsks} things of history`, {
      at: { start: 0, end: source.length },
      fix: "Ask fewer.",
    });
  }
  const holds = (facts: PolicyFacts, history: HistoryAnswers) =>
    valueOf(source, () => parsed({ decision: presentPolicyFacts(facts), history: new History(history) }));
  return { source, asks, holds };
}

/** A rule compiled once and kept, the oldest given up first; a broken one keeps its problem. */
export const keptPolicyRule = keeper(compilePolicyRule);

const environment = new Environment({ limits: ruleLimits })
  .registerType("History", { ctor: History, fields: {} })
  .registerVariable("history", "History")
  .registerVariable({ name: "decision", schema: schemaOf(policyMeanings) })
  .registerFunction("list.score(string): double", scoreOf)
  .registerFunction("History.count(string): double", (h: History, window: string) =>
    h.answer("count", window, null),
  )
  .registerFunction("History.count(string, string): double", (h: History, window: string, type: string) =>
    h.answer("count", window, type),
  )
  .registerFunction("History.sum(string): double", (h: History, window: string) =>
    h.answer("sum", window, null),
  )
  .registerFunction("History.sum(string, string): double", (h: History, window: string, type: string) =>
    h.answer("sum", window, type),
  )
  .registerFunction("History.distinct(string, string): double", (h: History, window: string, name: string) =>
    h.answer("distinct", window, name),
  )
  .registerFunction("History.seen(string, string): double", (h: History, window: string, name: string) =>
    h.answer("seen", window, name),
  );

/** The highest score among findings of a category; 0 where there is none. */
function scoreOf(findings: readonly Partial<Finding>[], category: string): number {
  let highest = 0;
  for (const { category: own, score } of findings)
    if (own === category && score !== undefined && score > highest) highest = score;
  return highest;
}

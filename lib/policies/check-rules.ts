import { runFixtures } from "./fixtures";
import { keptPolicyRule } from "./policy-cel";
import { RuleProblem } from "./rule-problem";
import type { Fixture, PolicyRule } from "./schema";
import type { PolicyCheck, RuleProblemView } from "./views";

/** What is wrong with rules, with the place in each, and what their fixtures come to. Pure. */
export function checkRules(rules: readonly PolicyRule[], fixtures: readonly Fixture[]): PolicyCheck {
  const problems = rules.flatMap(problemsOf);
  return { object: "policy_check", problems, fixtures: runFixtures(rules, fixtures) };
}

function problemsOf(rule: PolicyRule): RuleProblemView[] {
  const compiled = keptPolicyRule(rule.when);
  if (compiled instanceof RuleProblem) {
    const { message, fix, line, column, at } = compiled;
    return [{ rule: rule.id, message, fix, line, column, ...at }];
  }
  const missing = missingIn(rule);
  return missing === null
    ? []
    : [{ rule: rule.id, message: missing, fix: null, line: 1, column: 1, start: 0, end: 0 }];
}

function missingIn({ effect, share, queueId }: PolicyRule): string | null {
  if (effect === "sample" && share === undefined) return "samples, and says no share";
  if (effect === "route_to" && queueId === undefined) return "routes, and names no queue";
  return null;
}

import { amountOf } from "@/lib/decisions/amount";
import { actionDigest } from "@/lib/decisions/server/digest";
import { signedBy } from "@/lib/decisions/server/held-decision";
import type { JsonObject } from "@/lib/kernel/json";
import type { ApprovalRuleSnapshot } from "../approval-rules";
import { askingTwo, bindingRule, type RuleFacts } from "../quorum";
import type { Case } from "./read-case";

/** The arguments that stand: as an earlier reviewer made them, or as proposed. */
export function standingArguments(about: Case): JsonObject {
  return about.edited_arguments ?? about.arguments;
}

/** The rule this decision is under when it would run on these arguments. */
export function ruleOf(about: Case, args: JsonObject): ApprovalRuleSnapshot | null {
  const rule = bindingRule(about.kept_rules, about.rules, ruleFacts(about, args));
  return about.asks_two ? askingTwo(rule) : rule;
}

/** The digest of what would run on these arguments. */
export function digestOf(about: Case, args: JsonObject): string {
  return actionDigest(signedBy(about, args));
}

/** How much is at stake for the rules: the most of what was proposed and what would run now. */
function ruleFacts(about: Case, args: JsonObject): RuleFacts {
  const queues = [...new Set([about.queue_id, ...about.queues])];
  const { amount_pointer: amountPointer, currency_pointer: currencyPointer, type_currency: currency } = about;
  if (amountPointer === null) return { queues, amount: null };
  const sums = [about.arguments, args].map((each) =>
    amountOf(each, { amountPointer, currencyPointer, currency }),
  );
  const amounts = sums.map((sum) => (sum !== null && sum.currency === currency ? sum.amount : null));
  return {
    queues,
    amount: amounts.reduce<number | "unknown">(
      (most, each) => (most === "unknown" || each === null ? "unknown" : Math.max(most, each)),
      0,
    ),
  };
}

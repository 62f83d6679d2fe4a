import { formatMoney } from "@/lib/kernel/money";
import type { BudgetPeriod, BudgetScope } from "@/lib/apps/schema";

/** What a budget allows in one of its windows; `currency` is empty for a count alone. */
export type BudgetLimits = {
  scope: BudgetScope;
  period: BudgetPeriod;
  currency: string;
  max_amount: number | null;
  max_count: number | null;
};

const scopeWords: Record<BudgetScope, string> = {
  app: "this app",
  connector: "this connector",
  type: "this decision type",
  subject: "one subject",
};

/**
 * Null when one more act of `amount` (minor units of the budget's currency; 0 for other money, or none; null where it
 * moves money and nobody can say how much) fits beside what is used; otherwise why not, in a sentence.
 */
export function overBudget(
  budget: BudgetLimits,
  used: { amount: number; count: number },
  amount: number | null,
): string | null {
  const { max_amount, max_count, currency, period, scope } = budget;
  const each = `${period === "hour" ? "an hour" : "a day"} for ${scopeWords[scope]}`;
  if (max_count !== null && used.count + 1 > max_count) {
    return `The budget of ${acts(max_count)} ${each} is used up.`;
  }
  if (max_amount !== null && amount === null) {
    return `There is a budget of money ${each}, and how much this moves cannot be read from it.`;
  }
  if (max_amount !== null && amount !== null && amount > 0 && used.amount + amount > max_amount) {
    const money = (value: number) => formatMoney({ amount: value, currency });
    return `The budget of ${money(max_amount)} ${each} has ${money(Math.max(0, max_amount - used.amount))} left; this needs ${money(amount)}.`;
  }
  return null;
}

function acts(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "act" : "acts"}`;
}

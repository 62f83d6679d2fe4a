import { formatMoney, type Money } from "@/lib/kernel/money";
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

/** What one act draws on a budget. */
export type Drawn = {
  /** Minor units of the budget's currency; 0 for other money, or none; null: it moves money, nobody can say how much. */
  amount: number | null;
  /** Money in a currency that no budget of the same scope is in: there is nothing to hold it against. */
  foreign: Money | null;
};

/** What an act of this money draws on one of its scope's budgets, `own` being the currencies those limit money in. */
export function drawnOf(money: Money | null, currency: string, own: ReadonlySet<string>): Drawn {
  if (money === null || money.amount === 0) return { amount: 0, foreign: null };
  if (money.currency === currency) return { amount: money.amount, foreign: null };
  return { amount: 0, foreign: own.size === 0 || own.has(money.currency) ? null : money };
}

/**
 * Null when one more act fits beside what is used; otherwise why not, in a sentence. Where money is limited in one
 * currency, money in another has no room until it has a budget of its own: no amount gets past a cap by its currency.
 */
export function overBudget(
  budget: BudgetLimits,
  used: { amount: number; count: number },
  { amount, foreign }: Drawn,
): string | null {
  const { max_amount, max_count, currency, period, scope } = budget;
  const each = `${period === "hour" ? "an hour" : "a day"} for ${scopeWords[scope]}`;
  if (max_count !== null && used.count + 1 > max_count) {
    return `The budget of ${acts(max_count)} ${each} is used up.`;
  }
  if (max_amount !== null && amount === null) {
    return `There is a budget of money ${each}, and how much this moves cannot be read from it.`;
  }
  if (max_amount !== null && foreign !== null) {
    return `The budget of money ${each} is in ${currency}, and none is in ${foreign.currency}: this needs ${formatMoney(foreign)}.`;
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

import type { BudgetPeriod, BudgetScope } from "./schema";

/*
 * Plain words for budgets. Types only: this file reaches the browser without the contracts behind it.
 */

export const budgetScopeWords: Record<BudgetScope, string> = {
  app: "App",
  subject: "Each subject of an app",
  type: "Decision type",
  connector: "Connector",
};

export const budgetPeriodWords: Record<BudgetPeriod, string> = { hour: "an hour", day: "a day" };

/** How full a budget is, 0 to 1: by whichever of its limits is nearer. */
export function shareUsed(budget: {
  max_amount: number | null;
  max_count: number | null;
  used: { amount: number; count: number };
}): number {
  const shares = [
    budget.max_amount === null ? 0 : budget.used.amount / budget.max_amount,
    budget.max_count === null ? 0 : budget.used.count / budget.max_count,
  ];
  return Math.min(1, Math.max(...shares));
}

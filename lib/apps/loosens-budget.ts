/** What a budget allows, or would; an archived one limits nothing. */
export type BudgetLimits = { max_amount: number | null; max_count: number | null; archived: boolean };

/** Which money a budget is about, beside the others of its scope. */
export type BudgetMoney = {
  currency: string | null;
  /** Currencies in which other budgets in force of the same scope limit money. */
  others: ReadonlySet<string>;
};

/**
 * Whether a change lets more be carried out than before: a higher limit, one that falls away, or money in a currency that
 * had no room because the scope's budgets are in others. Such a change takes two people.
 */
export function loosensBudget(
  before: BudgetLimits | null,
  after: BudgetLimits,
  { currency, others }: BudgetMoney,
): boolean {
  const stood = before !== null && !before.archived ? before : null;
  if (after.archived) return stood !== null;
  const limitedMoney = stood !== null && stood.max_amount !== null;
  const opensCurrency =
    after.max_amount !== null && !limitedMoney && others.size > 0 && !others.has(currency ?? "");
  if (stood === null) return opensCurrency;
  return (
    opensCurrency ||
    orNoLimit(after.max_amount) > orNoLimit(stood.max_amount) ||
    orNoLimit(after.max_count) > orNoLimit(stood.max_count)
  );
}

const orNoLimit = (limit: number | null) => limit ?? Infinity;

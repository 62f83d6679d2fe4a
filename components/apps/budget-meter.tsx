import { formatMoney } from "@/components/ui/money-text";
import { Progress } from "@/components/ui/progress";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { shareUsed } from "@/lib/apps/budget-words";
import type { BudgetView } from "@/lib/apps/budgets";

/** What is used of a budget now, in words and as a bar. */
export function BudgetMeter({ budget }: { budget: BudgetView }) {
  const parts = [amountOf(budget), countOf(budget)].filter((part) => part !== null);
  const { subject } = budget.used;
  return (
    <span className="flex min-w-40 flex-col gap-1">
      <span className="tabular-nums">
        {parts.join("; ")}
        {subject ? (
          <span className="text-muted-foreground">
            {" "}
            (most: <UntrustedInline text={subject} />)
          </span>
        ) : null}
      </span>
      <Progress label={`Used of the budget of ${budget.scope_name}`} value={shareUsed(budget)} />
    </span>
  );
}

function amountOf({ max_amount, currency, used }: BudgetView): string | null {
  if (max_amount === null || currency === null) return null;
  return `${formatMoney(used.amount, currency)} of ${formatMoney(max_amount, currency)}`;
}

function countOf({ max_count, used }: BudgetView): string | null {
  if (max_count === null) return null;
  return `${used.count.toLocaleString("en")} of ${max_count.toLocaleString("en")} ${max_count === 1 ? "act" : "acts"}`;
}

import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import type { BudgetView, UpdateBudget } from "../budgets";
import type { BudgetLimits } from "../loosens-budget";
import { requireVersion } from "./find";
import { limitsInForce, lockBudget, proposeBudget, putBudget, takesTwo, type Stored } from "./put-budget";

/**
 * Changes what a budget allows, or archives it; what is used stays. What lets more be carried out is kept as a proposal,
 * which another admin signs; anything else is in force at once and ends what was proposed. Throws `stale_version`, and
 * `invalid` when nothing would be limited.
 */
export async function updateBudget(ctx: Context, input: UpdateBudget): Promise<BudgetView> {
  authorize(ctx, "budgets.write");
  return inTransaction(ctx, async (ctx) => {
    const stored = await lockBudget(ctx, input.budget);
    requireVersion("budget", input.version, stored.version);
    const before = limitsInForce(stored);
    const wanted = wantedOf(stored, input);
    return (await takesTwo(ctx, stored, { before, wanted }))
      ? proposeBudget(ctx, stored, wanted)
      : putBudget(ctx, stored, { wanted });
  });
}

function wantedOf(before: Stored, input: UpdateBudget): BudgetLimits {
  const max_amount = input.max_amount === undefined ? before.maxAmount : input.max_amount;
  const max_count = input.max_count === undefined ? before.maxCount : input.max_count;
  const archived = input.archived ?? before.archivedAt !== null;
  const wantsCurrency = max_amount !== null && before.currency === "";
  if (!wantsCurrency && (max_amount !== null || max_count !== null))
    return { max_amount, max_count, archived };
  const message = wantsCurrency
    ? "This budget counts acts; make one with a currency"
    : "Nothing would be limited";
  throw new DomainError("invalid", `${message}.`, {
    code: "validation_failed",
    errors: [
      {
        pointer: "/max_amount",
        code: "invalid",
        message,
        fix: "Set a number of acts, or archive the budget.",
      },
    ],
  });
}

import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import type { BudgetView, SignBudget } from "../budgets";
import { requireVersion } from "./find";
import { isAdmin } from "./is-admin";
import { requireHuman } from "./proposed-raises";
import { lockBudget, putBudget } from "./put-budget";

/**
 * The second admin's signature: what was proposed is in force from the commit on. Throws `own_proposal` to whoever proposed
 * it, `stale_version` where it is not what was read, `proposal_lapsed` where nothing is proposed (any more), and `not_found`.
 */
export async function signBudget(ctx: Context, input: SignBudget): Promise<BudgetView> {
  authorize(ctx, "budgets.write");
  requireHuman(ctx);
  return inTransaction(ctx, async (ctx) => {
    const stored = await lockBudget(ctx, input.budget);
    requireVersion("budget", input.version, stored.version);
    const { proposed: wanted, proposedBy } = stored;
    if (proposedBy === actorName(ctx.actor)) {
      const message = "You proposed this; another admin signs it.";
      throw new DomainError("forbidden", message, { code: "own_proposal" });
    }
    if (wanted === null || proposedBy === null || !(await isAdmin(ctx, proposedBy))) {
      const message = "Nothing is proposed for this budget, or by nobody who is an admin still.";
      throw new DomainError("conflict", message, { code: "proposal_lapsed" });
    }
    return putBudget(ctx, stored, { wanted, proposedBy });
  });
}

import { and, eq, sql } from "drizzle-orm";
import { budgets } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { BudgetView, UpdateBudget } from "../budgets";
import { missing, requireVersion } from "./find";
import { readBudgets } from "./read-budgets";
import { archivedAt } from "./update-app";

type Stored = typeof budgets.$inferSelect;

/** Changes what a budget allows, or archives it; what is used stays. Throws `stale_version`, and `invalid` when nothing would be limited. */
export async function updateBudget(ctx: Context, input: UpdateBudget): Promise<BudgetView> {
  authorize(ctx, "budgets.write");
  return inTransaction(ctx, async (ctx) => {
    const before = await lockBudget(ctx, input.budget);
    requireVersion("budget", input.version, before.version);
    const limits = limitsOf(before, input);
    await ctx.db
      .update(budgets)
      .set({
        ...limits,
        archivedAt: archivedAt(input.archived, before.archivedAt),
        version: before.version + 1,
        updatedBy: actorName(ctx.actor),
        updatedAt: sql`now()`,
      })
      .where(eq(budgets.id, before.id));
    const [view] = await readBudgets(ctx, sql`b.id = ${before.id}`, 1);
    const data = {
      before: { max_amount: before.maxAmount, max_count: before.maxCount },
      after: { max_amount: limits.maxAmount, max_count: limits.maxCount },
      archived: input.archived,
    };
    await emit(ctx, { type: "budget.changed", subject: before.id, data });
    await record(ctx, input.archived ? "budget.archived" : "budget.changed", before.id, data);
    return view ?? missing("budget", input.budget);
  });
}

async function lockBudget(ctx: Context, id: string): Promise<Stored> {
  const [before] = await ctx.db
    .select()
    .from(budgets)
    .where(and(eq(budgets.id, id), eq(budgets.orgId, ctx.orgId)))
    .for("no key update");
  return before ?? missing("budget", id);
}

function limitsOf(before: Stored, input: UpdateBudget): Pick<Stored, "maxAmount" | "maxCount"> {
  const maxAmount = input.max_amount === undefined ? before.maxAmount : input.max_amount;
  const maxCount = input.max_count === undefined ? before.maxCount : input.max_count;
  const wantsCurrency = maxAmount !== null && before.currency === "";
  if (!wantsCurrency && (maxAmount !== null || maxCount !== null)) return { maxAmount, maxCount };
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

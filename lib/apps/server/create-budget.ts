import { isNotNull, sql } from "drizzle-orm";
import { budgets } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { BudgetView, CreateBudget } from "../budgets";
import { findApp, findConnector, findType, missing } from "./find";
import { readBudgets } from "./read-budgets";

const finders = { app: findApp, subject: findApp, type: findType, connector: findConnector };

/**
 * Makes a budget, or takes an archived one of the same scope, period and currency up again, with what its window has
 * used. Throws `conflict` when there is one in force, `not_found` for an app, type or connector that is not there.
 */
export async function createBudget(ctx: Context, input: CreateBudget): Promise<BudgetView> {
  authorize(ctx, "budgets.write");
  const { id: scopeId } = await finders[input.scope](ctx, input.scope_id);
  return inTransaction(ctx, async (ctx) => {
    const limits = {
      maxAmount: input.max_amount,
      maxCount: input.max_count,
      updatedBy: actorName(ctx.actor),
    };
    const [made] = await ctx.db
      .insert(budgets)
      .values({
        ...limits,
        id: newId("budget"),
        orgId: ctx.orgId,
        scope: input.scope,
        scopeId,
        period: input.period,
        currency: input.currency ?? "",
      })
      .onConflictDoUpdate({
        target: [budgets.orgId, budgets.scope, budgets.scopeId, budgets.period, budgets.currency],
        set: { ...limits, archivedAt: null, version: sql`${budgets.version} + 1`, updatedAt: sql`now()` },
        setWhere: isNotNull(budgets.archivedAt),
      })
      .returning({ id: budgets.id });
    if (!made) return taken(input);
    const [view] = await readBudgets(ctx, sql`b.id = ${made.id}`, 1);
    const { scope, period, currency, max_amount, max_count } = input;
    const data = { scope, scope_id: scopeId, period, currency, max_amount, max_count };
    await emit(ctx, { type: "budget.changed", subject: made.id, data });
    await record(ctx, "budget.created", made.id, data);
    return view ?? missing("budget", made.id);
  });
}

function taken({ period, currency }: CreateBudget): never {
  const unit = currency ?? "a number of acts";
  throw new DomainError(
    "conflict",
    `There is already a budget of ${unit} a ${period} for this; change that one.`,
    {
      code: "conflict",
    },
  );
}

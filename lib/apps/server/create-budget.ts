import { isNotNull, sql } from "drizzle-orm";
import { budgets } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { BudgetView, CreateBudget } from "../budgets";
import { findApp, findConnector, findType } from "./find";
import { nothingProposed, takesTwo, takeTurn, tellProposed, viewOf } from "./put-budget";

const finders = { app: findApp, subject: findApp, type: findType, connector: findConnector };

/**
 * Makes a budget, or takes an archived one of the same scope, period and currency up again, with what its window has
 * used. One that gives room to money in a further currency waits, out of force, until another admin signs it. Throws `conflict` when there is one in force, `not_found` for an app, type or connector that is not there.
 */
export async function createBudget(ctx: Context, input: CreateBudget): Promise<BudgetView> {
  authorize(ctx, "budgets.write");
  const { id: scopeId } = await finders[input.scope](ctx, input.scope_id);
  return inTransaction(ctx, async (ctx) => {
    await takeTurn(ctx);
    const { scope, period, max_amount, max_count } = input;
    const currency = input.currency ?? "";
    const wanted = { max_amount, max_count, archived: false };
    const by = actorName(ctx.actor);
    const waits = await takesTwo(ctx, { scope, scopeId, currency }, { before: null, wanted });
    const limits = {
      maxAmount: max_amount,
      maxCount: max_count,
      updatedBy: by,
      archivedAt: waits ? sql`now()` : null,
      ...(waits ? { proposed: wanted, proposedBy: by, proposedAt: sql`now()` } : nothingProposed),
    };
    const [made] = await ctx.db
      .insert(budgets)
      .values({
        ...limits,
        id: newId("budget"),
        orgId: ctx.orgId,
        scope,
        scopeId,
        period,
        currency,
      })
      .onConflictDoUpdate({
        target: [budgets.orgId, budgets.scope, budgets.scopeId, budgets.period, budgets.currency],
        set: { ...limits, version: sql`${budgets.version} + 1`, updatedAt: sql`now()` },
        setWhere: isNotNull(budgets.archivedAt),
      })
      .returning({ id: budgets.id });
    if (!made) return taken(input);
    if (waits) return tellProposed(ctx, made.id, wanted);
    const data = { scope, scope_id: scopeId, period, currency: input.currency, max_amount, max_count };
    await emit(ctx, { type: "budget.changed", subject: made.id, data });
    await record(ctx, "budget.created", made.id, data);
    return viewOf(ctx, made.id);
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

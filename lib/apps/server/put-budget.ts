import { isDeepStrictEqual } from "node:util";
import { and, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { budgets } from "@/db/schema";
import { actorName, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { BudgetView } from "../budgets";
import { loosensBudget, type BudgetLimits } from "../loosens-budget";
import { missing } from "./find";
import { readBudgets } from "./read-budgets";

export type Stored = typeof budgets.$inferSelect;

/** A budget, held until the transaction ends. Throws `not_found`. */
export async function lockBudget(ctx: Context, id: string): Promise<Stored> {
  await takeTurn(ctx);
  const [before] = await ctx.db
    .select()
    .from(budgets)
    .where(and(eq(budgets.id, id), eq(budgets.orgId, ctx.orgId)))
    .for("no key update");
  return before ?? missing("budget", id);
}

/** One change of an organisation's budgets at a time: what is looser depends on the others of its scope. */
export async function takeTurn(ctx: Context): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`select pg_advisory_xact_lock(hashtextextended(${`budgets change:${ctx.orgId}`}, 0))::text as held`,
  );
}

export const limitsInForce = ({ maxAmount, maxCount, archivedAt }: Stored): BudgetLimits => ({
  max_amount: maxAmount,
  max_count: maxCount,
  archived: archivedAt !== null,
});

type Scope = Pick<Stored, "scope" | "scopeId" | "currency">;

/** Whether a person needs a second one for these limits; the caller has taken its turn. */
export async function takesTwo(
  ctx: Context,
  scope: Scope & { id?: string },
  { before, wanted }: { before: BudgetLimits | null; wanted: BudgetLimits },
): Promise<boolean> {
  if (ctx.actor.kind === "system") return false;
  const rows = await ctx.db
    .select({ currency: budgets.currency })
    .from(budgets)
    .where(
      and(
        eq(budgets.orgId, ctx.orgId),
        eq(budgets.scope, scope.scope),
        eq(budgets.scopeId, scope.scopeId),
        isNull(budgets.archivedAt),
        isNotNull(budgets.maxAmount),
        scope.id === undefined ? undefined : ne(budgets.id, scope.id),
      ),
    );
  const others = new Set(rows.map(({ currency }) => currency));
  return loosensBudget(before, wanted, { currency: scope.currency || null, others });
}

/**
 * Puts limits in force, in the transaction of the caller, who holds the budget and knows that whoever had to sign it did.
 * What was proposed on the ones before lapses.
 */
export async function putBudget(
  ctx: Context,
  before: Stored,
  { wanted, proposedBy }: { wanted: BudgetLimits; proposedBy?: string },
): Promise<BudgetView> {
  await ctx.db
    .update(budgets)
    .set({
      maxAmount: wanted.max_amount,
      maxCount: wanted.max_count,
      archivedAt: wanted.archived ? (before.archivedAt ?? sql`now()`) : null,
      ...nothingProposed,
      version: before.version + 1,
      updatedBy: actorName(ctx.actor),
      updatedAt: sql`now()`,
    })
    .where(eq(budgets.id, before.id));
  const data = {
    before: { max_amount: before.maxAmount, max_count: before.maxCount },
    after: { max_amount: wanted.max_amount, max_count: wanted.max_count },
    archived: wanted.archived,
    ...(proposedBy === undefined ? {} : { proposed_by: proposedBy }),
  };
  await emit(ctx, { type: "budget.changed", subject: before.id, data });
  await record(ctx, didOf(before, wanted), before.id, data);
  return viewOf(ctx, before.id);
}

function didOf(before: Stored, wanted: BudgetLimits): string {
  if (wanted.archived && before.archivedAt === null) return "budget.archived";
  const isSame = isDeepStrictEqual(wanted, limitsInForce(before));
  return isSame && before.proposed !== null ? "budget.proposal_closed" : "budget.changed";
}

export const nothingProposed = { proposed: null, proposedBy: null, proposedAt: null };

/** Keeps what one admin wants until another signs it; what is in force stays. */
export async function proposeBudget(ctx: Context, before: Stored, wanted: BudgetLimits): Promise<BudgetView> {
  await ctx.db
    .update(budgets)
    .set({
      proposed: wanted,
      proposedBy: actorName(ctx.actor),
      proposedAt: sql`now()`,
      version: before.version + 1,
    })
    .where(eq(budgets.id, before.id));
  return tellProposed(ctx, before.id, wanted);
}

/** Tells the admins who may sign it. */
export async function tellProposed(ctx: Context, id: string, wanted: BudgetLimits): Promise<BudgetView> {
  const view = await viewOf(ctx, id);
  const data = { by: actorName(ctx.actor), of: view.scope_name, wanted };
  await emit(ctx, { type: "budget.proposed", subject: id, data });
  await record(ctx, "budget.proposed", id, data);
  return view;
}

export async function viewOf(ctx: Context, id: string): Promise<BudgetView> {
  const [view] = await readBudgets(ctx, sql`b.id = ${id}`, 1);
  return view ?? missing("budget", id);
}

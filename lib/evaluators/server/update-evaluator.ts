import { and, eq, sql } from "drizzle-orm";
import { evaluators } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { EvaluatorRef, EvaluatorView, RestoreEvaluator, UpdateEvaluator } from "../views";
import { readEvaluator } from "./read-evaluators";
import { tellEvaluator } from "./tell-evaluator";

/** Renames an evaluator, or sets what it is held to. Throws `not_found`. */
export async function updateEvaluator(ctx: Context, input: UpdateEvaluator): Promise<EvaluatorView> {
  authorize(ctx, "evaluators.write");
  const { evaluator, name, kappa_floor: kappaFloor, min_rulings: minRulings } = input;
  const { id } = await readEvaluator(ctx, evaluator);
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(kappaFloor === undefined ? {} : { kappaFloor }),
    ...(minRulings === undefined ? {} : { minRulings }),
  };
  if (Object.keys(change).length === 0) return readEvaluator(ctx, id);
  return inTransaction(ctx, async (ctx) => {
    await ctx.db.update(evaluators).set(change).where(own(ctx, id));
    const data = { kappa_floor: kappaFloor, min_rulings: minRulings, renamed: name !== undefined };
    await tellEvaluator(ctx, id, { did: "updated", data });
    return readEvaluator(ctx, id);
  });
}

/** Puts an evaluator away: it scores nothing more, and what waited is skipped. Throws `not_found`. */
export async function archiveEvaluator(ctx: Context, input: EvaluatorRef): Promise<EvaluatorView> {
  authorize(ctx, "evaluators.write");
  const { id } = await readEvaluator(ctx, input.evaluator);
  return inTransaction(ctx, async (ctx) => {
    await ctx.db.update(evaluators).set({ status: "archived" }).where(own(ctx, id));
    await rowsOf(
      ctx.db,
      sql`update scores set status = 'skipped', error = 'The evaluator was archived.', done_at = now()
        where evaluator_id = ${id} and status = 'pending'`,
    );
    await tellEvaluator(ctx, id, { did: "archived" });
    return readEvaluator(ctx, id);
  });
}

/**
 * Lets a demoted evaluator count again, on a person's word: its agreement is measured over what is scored from now on.
 * Throws `not_found`, and `conflict` where it is not demoted.
 */
export async function restoreEvaluator(ctx: Context, input: RestoreEvaluator): Promise<EvaluatorView> {
  authorize(ctx, "evaluators.write");
  const { id } = await readEvaluator(ctx, input.evaluator);
  return inTransaction(ctx, async (ctx) => {
    const [restored] = await ctx.db
      .update(evaluators)
      .set({
        status: "active",
        statusWhy: `Restored by ${actorName(ctx.actor)}: ${input.reason}`,
        measuredSince: sql`now()`,
      })
      .where(and(own(ctx, id), eq(evaluators.status, "demoted")))
      .returning({ id: evaluators.id });
    if (!restored) throw new DomainError("conflict", "This evaluator is not demoted.", { code: "conflict" });
    await tellEvaluator(ctx, id, { did: "restored", data: { reason: input.reason } });
    return readEvaluator(ctx, id);
  });
}

const own = (ctx: Context, id: string) => and(eq(evaluators.id, id), eq(evaluators.orgId, ctx.orgId));

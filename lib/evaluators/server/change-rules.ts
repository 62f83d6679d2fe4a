import { and, eq, sql } from "drizzle-orm";
import { decisions, evaluatorRules } from "@/db/schema";
import { findType, missing } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { firstIdOf, newId } from "@/lib/kernel/ids";
import { compileRule } from "@/lib/policies/cel";
import { RuleProblem } from "@/lib/policies/rule-problem";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { CreateRule, EvaluatorView, UpdateRule } from "../views";
import { readEvaluator } from "./read-evaluators";
import { tellEvaluator } from "./tell-evaluator";

/** Says which decisions made from now on an evaluator scores. Throws `not_found`, `validation_failed`. */
export async function createEvaluatorRule(ctx: Context, input: CreateRule): Promise<EvaluatorView> {
  authorize(ctx, "evaluators.write");
  const { id, app_id: app } = await readEvaluator(ctx, input.evaluator);
  const type = input.type === null ? null : await findType(ctx, input.type);
  if (input.condition !== null) requireRule(input.condition);
  const { condition, rate, delay_seconds: delaySeconds } = input;
  return inTransaction(ctx, async (ctx) => {
    const ruleId = newId("evaluatorRule");
    await ctx.db.insert(evaluatorRules).values({
      id: ruleId,
      orgId: ctx.orgId,
      evaluatorId: id,
      typeId: type?.id ?? null,
      condition,
      rate,
      delaySeconds,
      cursor: await nowCursor(ctx),
      createdBy: actorName(ctx.actor),
    });
    await tellEvaluator(ctx, id, { did: "rule_created", data: { app, rule: ruleId, rate, type: type?.id } });
    return readEvaluator(ctx, id);
  });
}

/** Switches a rule on or off; what came in while it was off is not scored later. Throws `not_found`. */
export async function updateEvaluatorRule(ctx: Context, input: UpdateRule): Promise<EvaluatorView> {
  authorize(ctx, "evaluators.write");
  const { id } = await readEvaluator(ctx, input.evaluator);
  const { rule, enabled } = input;
  return inTransaction(ctx, async (ctx) => {
    const again = enabled ? { cursor: await nowCursor(ctx), aheadCursor: null, aheadXid: null } : {};
    const found = await ctx.db
      .update(evaluatorRules)
      .set({ enabled, ...again })
      .where(
        and(
          eq(evaluatorRules.id, rule),
          eq(evaluatorRules.evaluatorId, id),
          eq(evaluatorRules.enabled, !enabled),
        ),
      )
      .returning({ id: evaluatorRules.id });
    const view = await readEvaluator(ctx, id);
    if (!view.rules.some((each) => each.id === rule)) missing("rule", rule);
    if (found.length > 0) await tellEvaluator(ctx, id, { did: "rule_updated", data: { rule, enabled } });
    return view;
  });
}

/** Just before what is made now: the newest decision there is, or the database's clock, whichever is later. */
async function nowCursor(ctx: Context): Promise<string> {
  const [row] = await rowsOf<{ ms: number; newest: string | null }>(
    ctx.db,
    sql`select (extract(epoch from now()) * 1000)::float8 as ms, (select max(id) from ${decisions}) as newest`,
  );
  const clock = firstIdOf("decision", Math.floor(row?.ms ?? 0));
  return row?.newest && row.newest > clock ? row.newest : clock;
}

function requireRule(condition: string): void {
  if (/\bseverity\b/.test(condition)) {
    throw wrongRule("severity is worked out for reviews only", "Use decision.amount");
  }
  try {
    compileRule(condition);
  } catch (error) {
    if (!(error instanceof RuleProblem)) throw error;
    const message = `Line ${error.line}, column ${error.column}: ${error.message}`;
    throw wrongRule(message, error.fix);
  }
}

function wrongRule(message: string, fix: string | null): DomainError {
  return new DomainError("invalid", `/condition: ${message}`, {
    code: "validation_failed",
    errors: [{ pointer: "/condition", code: "wrong_expression", message, ...(fix ? { fix } : {}) }],
  });
}

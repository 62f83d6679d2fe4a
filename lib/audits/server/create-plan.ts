import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { NewPlan, PlanView } from "../plans";
import { getPlan } from "./get-plan";
import { ruleOf } from "./segment-members";

/** Writes a plan; nothing is drawn yet. Throws `validation_failed` for a rubric or an expression that is not there. */
export async function createPlan(ctx: Context, plan: NewPlan): Promise<PlanView> {
  authorize(ctx, "audits.plan");
  if (plan.spec.segment !== undefined) ruleOf(plan.spec.segment);
  refuseTwins(plan);
  return inTransaction(ctx, async (ctx) => {
    if (plan.rubric !== null) await requireRubric(ctx, plan.rubric);
    const id = newId("plan");
    await rowsOf(
      ctx.db,
      sql`insert into sampling_plans (id, org_id, name, kind, spec, judges_needed, rubric_id, created_by)
        values (${id}, ${ctx.orgId}, ${plan.name}, ${plan.kind}, ${JSON.stringify(plan.spec)}::jsonb,
          ${plan.judges_needed}, ${plan.rubric}, ${actorName(ctx.actor)})`,
    );
    await record(ctx, "audit_plan.created", id, { kind: plan.kind, judges: plan.judges_needed });
    return getPlan(ctx, { planId: id });
  });
}

function refuseTwins({ spec }: NewPlan): void {
  const names = spec.strata.map(({ name }) => name);
  const twin = names.findIndex((name, i) => names.indexOf(name) < i);
  if (twin < 0) return;
  throw new DomainError("invalid", "Two strata have the same name", {
    code: "validation_failed",
    errors: [
      { pointer: `/spec/strata/${twin}/name`, code: "not_unique", message: "two strata have this name" },
    ],
  });
}

async function requireRubric(ctx: Context, id: string): Promise<void> {
  const found = await rowsOf(
    ctx.db,
    sql`select 1 from rubrics where id = ${id} and org_id = ${ctx.orgId} and archived_at is null for share`,
  );
  if (found.length > 0) return;
  throw new DomainError("invalid", "There is no such rubric", {
    code: "validation_failed",
    errors: [
      {
        pointer: "/rubric",
        code: "unknown",
        message: "there is no such rubric",
        fix: "Name one of the list",
      },
    ],
  });
}

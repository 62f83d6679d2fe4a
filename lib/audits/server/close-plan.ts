import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { PlanView } from "../plans";
import { getPlan } from "./get-plan";

/** Puts a plan away; its audits stay. Closing it again is no error. */
export async function closePlan(ctx: Context, input: { planId: string }): Promise<PlanView> {
  authorize(ctx, "audits.plan");
  return inTransaction(ctx, async (ctx) => {
    const closed = await rowsOf(
      ctx.db,
      sql`update sampling_plans set status = 'closed' where id = ${input.planId} and org_id = ${ctx.orgId}
          and status <> 'closed' returning id`,
    );
    if (closed.length > 0) await record(ctx, "audit_plan.closed", input.planId);
    return getPlan(ctx, input);
  });
}

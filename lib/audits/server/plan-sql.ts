import { sql, type SQL } from "drizzle-orm";

/** True of an audit (alias `a`) that the plan's estimate rests on: drawn by it, or in its population before. */
export function inPlan(planId: string): SQL {
  return sql`exists (select 1 from plan_audits pa where pa.plan_id = ${planId} and pa.audit_id = a.id)`;
}

import { sql, type SQL } from "drizzle-orm";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/server/context";
import { journalInsert } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { brokenGlassAuditHours } from "../limits";
import { personOf } from "./review-sql";

/** Why one person approved alone, and the audit that judges it. */
export type BrokenGlass = { reason: string; audit: string };

/** The audit that a broken glass opens: a new one, or the decision's own where its glass was broken before. */
export async function glassAuditId(ctx: Context, decisionId: string): Promise<string> {
  const [own] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from audits where decision_id = ${decisionId} and org_id = ${ctx.orgId}`,
  );
  return own?.id ?? newId("audit");
}

/**
 * The audit of what one person approved alone, as parts of the statement that moves the decision (`moved`); a trigger
 * sees to it that no broken glass goes without. A decision that came back and is approved alone once more is judged
 * once more: nothing of the first was carried out, and what was said of it stands in the journal.
 */
export function glassAudit(ctx: Context, decisionId: string, { reason, audit }: BrokenGlass): SQL[] {
  const entry = { action: "audit.sent", subject: audit, data: { decision: decisionId, break_glass: true } };
  return [
    sql`unjudged as (delete from audit_judgements where audit_id = ${audit} and exists (select 1 from moved) returning id)`,
    sql`audited as (insert into audits (id, org_id, decision_id, due_at, broke_glass, sent_by, sent_reason)
      select ${audit}, org_id, id, now() + make_interval(hours => ${brokenGlassAuditHours}), true, ${personOf(ctx)},
        ${reason}
      from moved where (select count(*) from unjudged) >= 0
      on conflict (decision_id) do update set status = 'open', due_at = excluded.due_at, broke_glass = true,
        sent_by = excluded.sent_by, sent_reason = excluded.sent_reason, blind_answer = null, blind_at = null,
        judgement = null, cause = null, note = null, judged_by = null, judged_at = null, disputed_at = null,
        adjudicated_by = null
      returning id)`,
    sql`audit_entry as (${journalInsert(ctx, entry, sql`audited`)})`,
  ];
}

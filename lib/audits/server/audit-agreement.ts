import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { agreementOf, type JudgedItem } from "../agreement";
import type { AgreementView } from "../plans";
import { inPlan } from "./plan-sql";

const mostItems = 2000;

/**
 * How far auditors agree, over the latest 2,000 audits that all the auditors they need have judged, disputed ones too:
 * left out, agreement would look better than it is. An adjudicator's word is no independent judgement and stays out.
 */
export async function auditAgreement(
  ctx: Context,
  input: { plan?: string | undefined },
): Promise<AgreementView> {
  authorize(ctx, "audits.read");
  const plan = input.plan ? sql`and ${inPlan(input.plan)}` : sql``;
  const rows = await rowsOf<{ items: JudgedItem }>(
    ctx.db,
    sql`select json_agg(json_build_object('auditor', j.auditor, 'judgement', j.judgement) order by j.judged_at) as items
      from (select a.id from audits a where a.org_id = ${ctx.orgId} and a.judges_needed > 1
          and (a.status = 'done' or a.disputed_at is not null) ${plan} order by a.id desc limit ${mostItems}) a
      join audit_judgements j on j.audit_id = a.id and j.judged_at is not null and not j.adjudication
      group by a.id order by a.id`,
  );
  return agreementOf(rows.map(({ items }) => items));
}

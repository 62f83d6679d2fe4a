import { sql } from "drizzle-orm";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { labelSources, type Truth } from "../schema";

/** Truths of decisions of this organisation, each named once. */
export type OutcomeLabel = { decisionId: string; truth: Truth };

/**
 * The set-based sibling of recordLabel for outcomes, in the caller's transaction and two statements however many there
 * are. Outcomes are not sampled here, so their propensity is 1. The caller holds the decisions' rows.
 */
export async function recordOutcomeLabels(ctx: Context, labels: readonly OutcomeLabel[]): Promise<void> {
  authorize(ctx, "decisions.outcome");
  if (labels.length === 0) return;
  const rows = labels.map(({ decisionId, truth }) => ({
    id: newId("label"),
    decision_id: decisionId,
    truth,
  }));
  await rowsOf(
    ctx.db,
    sql`insert into labels (id, org_id, decision_id, source, truth, pi_label, actor)
      select id, ${ctx.orgId}, decision_id, ${labelSources[2]}, truth, 1, ${actorName(ctx.actor)}
      from json_to_recordset(${JSON.stringify(rows)}::json) as l(id text, decision_id text, truth text)
      on conflict (decision_id, source) do update
        set truth = excluded.truth, pi_label = 1, actor = excluded.actor, created_at = now()`,
  );
  // An outcome is the strongest source: no other label has to be looked at.
  await rowsOf(
    ctx.db,
    sql`update decisions d set truth = l.truth, truth_source = ${labelSources[2]}, truth_pi = 1, updated_at = now()
      from json_to_recordset(${JSON.stringify(rows)}::json) as l(decision_id text, truth text)
      where d.id = l.decision_id and d.org_id = ${ctx.orgId} and (d.truth, d.truth_source) is distinct from (l.truth, ${labelSources[2]})`,
  );
}

import { sql } from "drizzle-orm";
import type { Prediction } from "@/lib/decisions/schema";
import { appBound } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { DecisionRef } from "../decision-ref";

export type Found = { id: string; predicted: Prediction };

/** Decisions of one reference that are told apart from one another; more are as many. */
const mostCandidates = 6;

/**
 * The decisions that each reference may mean, by its place in the list: none, the one, or several. An app's key reaches
 * its own decisions only; a copy that measures reviewers is nobody's decision.
 */
export async function findDecisions(
  ctx: Context,
  refs: readonly DecisionRef[],
): Promise<Map<number, Found[]>> {
  if (refs.length === 0) return new Map();
  const wanted = refs.map(({ decision_id, external_id, app, subject, window }, index) => ({
    index,
    decision_id,
    external_id,
    app,
    subject_type: subject?.type,
    subject_id: subject?.id,
    from_at: window?.from,
    to_at: window?.to,
  }));
  const own = appBound(ctx);
  const bound = own ? sql`and a.id = ${own}` : sql``;
  const rows = await rowsOf<Found & { index: number }>(
    ctx.db,
    sql`select w.index, f.id, f.predicted
      from json_to_recordset(${JSON.stringify(wanted)}::json) as w(index int, decision_id text, external_id text, app text,
        subject_type text, subject_id text, from_at timestamptz, to_at timestamptz)
      join apps a on a.org_id = ${ctx.orgId} ${bound} and (w.app is null or w.app = a.key or w.app = a.id)
      cross join lateral (
        select d.id, d.predicted from decisions d where d.id = w.decision_id and d.org_id = a.org_id and d.app_id = a.id and not d.measure
        union all
        select d.id, d.predicted from decisions d
          where d.org_id = a.org_id and d.app_id = a.id and d.external_id = w.external_id and w.decision_id is null
        union all
        (select d.id, d.predicted from decisions d
          where d.org_id = a.org_id and d.subject_type = w.subject_type and d.subject_id = w.subject_id and d.app_id = a.id
            and not d.measure and (w.from_at is null or coalesce(d.decided_at, d.created_at) >= w.from_at)
            and (w.to_at is null or coalesce(d.decided_at, d.created_at) <= w.to_at)
          order by d.id limit ${mostCandidates})
      ) f order by w.index, f.id`,
  );
  return Map.groupBy(rows, ({ index }) => index);
}

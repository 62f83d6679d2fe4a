import { sql } from "drizzle-orm";
import type { EvidenceSpan } from "@/lib/feedback/evidence";
import { evidenceSources } from "@/lib/feedback/server/feedback-targets";
import { shownSpans } from "@/lib/feedback/server/shown-spans";
import type { List } from "@/lib/kernel/list";
import { maskFor } from "@/lib/policies/server/mask-for";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { IssueEvidence, IssueEvidenceQuery } from "../schema";
import { actorNames } from "./actor-names";
import { getIssue } from "./read-issues";
import { isBlindFor, stampOf } from "./rows";

type Row = {
  id: string;
  decision_id: string;
  decided_by: string | null;
  decided_at: string;
  evidence: EvidenceSpan[];
};

/**
 * What the confirmed discrepancies of an issue rest on, newest first, by keyset, as this person may see it; without those
 * of decisions that they are still to answer blind. Throws `not_found`.
 */
export async function listIssueEvidence(
  ctx: Context,
  { id, limit, starting_after, ending_before }: IssueEvidenceQuery & { id: string },
): Promise<List<IssueEvidence>> {
  authorize(ctx, "discrepancies.read");
  await getIssue(ctx, { id });
  const backwards = ending_before !== undefined && starting_after === undefined;
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select x.id, x.decision_id, x.decided_by, ${stampOf(sql`x.decided_at`)} as decided_at, x.evidence
      from discrepancies x join decisions d on d.id = x.decision_id
      where x.org_id = ${ctx.orgId} and x.issue_id = ${id} and x.status = 'confirmed' and x.evidence is not null
        and not ${isBlindFor(ctx)}
        ${starting_after ? sql`and x.id < ${starting_after}` : sql``} ${ending_before ? sql`and x.id > ${ending_before}` : sql``}
      order by x.id ${backwards ? sql`asc` : sql`desc`} limit ${limit + 1}`,
  );
  const data = await viewsOf(ctx, rows.slice(0, limit));
  return {
    object: "list",
    url: `/api/v1/issues/${id}/evidence`,
    has_more: rows.length > limit,
    data: backwards ? data.toReversed() : data,
  };
}

async function viewsOf(ctx: Context, rows: readonly Row[]): Promise<IssueEvidence[]> {
  const ids = rows.map(({ decision_id }) => decision_id);
  const sources = await evidenceSources(ctx, ids);
  const nameOf = await actorNames(
    ctx,
    rows.map(({ decided_by }) => decided_by),
  );
  const views: IssueEvidence[] = [];
  for (const { id, decision_id, decided_by, decided_at, evidence } of rows) {
    const source = sources.get(decision_id);
    views.push({
      object: "issue_evidence",
      discrepancy_id: id,
      decision_id,
      confirmed_by: nameOf(decided_by),
      confirmed_at: decided_at,
      evidence: source ? shownSpans(source, await maskFor(ctx, source), evidence) : [],
    });
  }
  return views;
}

import { sql, type SQL } from "drizzle-orm";
import type { Prediction } from "@/lib/decisions/schema";
import type { Verdict } from "@/lib/kernel/statuses";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { GoldAnswer } from "../overturned";
import type { Judged, Pair, Ruled } from "./reviewer-figures";

/** Ordinary rulings that are looked at, the newest first: a page never waits for history. */
export const mostRulings = 20_000;
const mostMeasures = 20_000;

export type MeasureRow = {
  kind: "gold" | "double";
  reviewer: string;
  first_reviewer: string | null;
  verdict: Verdict;
  expected: Verdict;
  predicted: Prediction;
  /** What is known of the source by an auditor or an outcome. */
  truth: GoldAnswer | null;
};

/** Answered measures for a `where` over `m` (measures) and `s` (the decisions they copy), newest first. */
export function answeredMeasures(ctx: Context, where: SQL): Promise<MeasureRow[]> {
  return rowsOf<MeasureRow>(
    ctx.db,
    sql`select m.kind, m.reviewer, m.first_reviewer, m.verdict, m.expected, s.predicted,
        case when s.truth_source in ('audit', 'outcome') then
          case when s.truth = 'positive' then 'approve' else 'decline' end end as truth
      from measures m join decisions s on s.id = m.source_decision_id
      where m.org_id = ${ctx.orgId} and m.verdict is not null and m.reviewer is not null and ${where}
      order by m.answered_at desc limit ${mostMeasures}`,
  );
}

/**
 * What is known to be right of a measure: a gold item's answer, or what an auditor or an outcome told of the decision
 * of a second look. Only who looked second is judged: the first one's word decided whether there is an outcome at all.
 */
export function judgedOf(rows: readonly MeasureRow[]): Judged[] {
  return rows.flatMap(({ kind, expected, truth, predicted, verdict }) => {
    const right = kind === "gold" ? answer(expected) : truth;
    return right === null ? [] : [{ predicted, right, verdict }];
  });
}

export function pairsOf(rows: readonly MeasureRow[]): Pair[] {
  return rows
    .filter(({ kind }) => kind === "double")
    .map(({ expected, verdict }) => ({ first: expected, second: verdict }));
}

function answer(expected: Verdict): GoldAnswer {
  return expected === "decline" ? "decline" : "approve";
}

/** Ordinary rulings by person, for a `where` over `r`, of the newest {@link mostRulings}. */
export async function ruledBy(ctx: Context, where: SQL, days: number): Promise<Map<string, Ruled>> {
  const rows = await rowsOf<Ruled & { reviewer: string }>(
    ctx.db,
    sql`select coalesce(r.resolved_by, '') as reviewer, count(*)::int as rulings,
        count(*) filter (where (d.predicted = 'positive') <> (r.verdict in ('approve', 'edit')))::int as overrides,
        count(look)::int as looks, percentile_cont(0.5) within group (order by look) as p50,
        percentile_cont(0.9) within group (order by look) as p90
      from (select v.*, case when v.claimed_by = v.resolved_by
            then extract(epoch from coalesce(v.staged_at, v.resolved_at) - v.claimed_at)::float8 end as look
          from reviews v where v.org_id = ${ctx.orgId} and v.resolved_at is not null
            and v.resolved_at > now() - make_interval(days => ${days}::int)
          order by v.resolved_at desc limit ${mostRulings}) r
      join decisions d on d.id = r.decision_id
      where r.resolved_by like 'user:%' and r.verdict in ('approve', 'edit', 'decline') and not d.measure and ${where}
      group by grouping sets ((r.resolved_by), ())`,
  );
  return new Map(rows.map(({ reviewer, ...ruled }) => [reviewer, ruled]));
}

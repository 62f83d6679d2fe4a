import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { weightedProportionOf } from "@/lib/stats/weighted-proportion";
import { combineSums, emptySum, type WeightedSum } from "@/lib/stats/weighted-sum";
import type { PlanView, RubricKey, Share } from "../plans";
import { planRows, planSummaryOf, toldDisputed, type PlanRow } from "./plan-rows";

type Line = { stratum: string; judged: number; disputed: number; right: WeightedSum; wrong: WeightedSum };
type LineRow = {
  stratum: string;
  judged: number;
  disputed: number;
  right_n: number;
  right_w: number;
  right_w2: number;
  wrong_n: number;
  wrong_w: number;
  wrong_w2: number;
};

/** One plan: how far it is, by stratum, and what its audits say so far. Throws `not_found`. */
export async function getPlan(ctx: Context, input: { planId: string }): Promise<PlanView> {
  authorize(ctx, "audits.read");
  const [row] = await planRows(ctx, sql`p.id = ${input.planId}`, sql`p.id`, 1);
  if (!row) throw new DomainError("not_found", `There is no sampling plan ${input.planId}`);
  const lines = await linesOf(ctx, row.id);
  return {
    ...planSummaryOf(row),
    strata: row.spec.strata.map(({ name, rate }) => stratumOf(row, lines, name, rate)),
    error: shareOf(
      combineSums(...lines.map(({ wrong }) => wrong)),
      combineSums(...lines.map(({ right }) => right)),
    ),
    auditors: await auditorsOf(ctx, row.id),
    rubric_answers: row.rubric_keys === null ? [] : await rubricAnswers(ctx, row.id, row.rubric_keys),
  };
}

function stratumOf(
  row: PlanRow,
  lines: readonly Line[],
  name: string,
  rate: number,
): PlanView["strata"][number] {
  const result = row.result?.find((one) => one.name === name);
  const line = lines.find(({ stratum }) => stratum === name);
  return {
    name,
    rate,
    eligible: result?.eligible ?? null,
    drawn: result?.drawn ?? 0,
    audited_before: result?.audited_before ?? 0,
    judged: line?.judged ?? 0,
    disputed: line?.disputed ?? 0,
    error: shareOf(line?.wrong ?? emptySum, line?.right ?? emptySum),
  };
}

// Weighted by the probability at the plan's own draw: a later plan changes an audit's, and not who is in this sample.
async function linesOf(ctx: Context, planId: string): Promise<Line[]> {
  const sums = (name: string, which: string) =>
    sql.raw(`count(*) filter (where ${which})::int as ${name}_n, coalesce(sum(1 / pa.pi) filter (where ${which}), 0) as ${name}_w,
      coalesce(sum(1 / (pa.pi * pa.pi)) filter (where ${which}), 0) as ${name}_w2`);
  const rows = await rowsOf<LineRow>(
    ctx.db,
    sql`select pa.stratum, count(*) filter (where a.status = 'done')::int as judged,
        count(*) filter (where ${toldDisputed(ctx)})::int as disputed,
        ${sums("right", "a.judgement = 'correct'")}, ${sums("wrong", "a.judgement in ('incorrect', 'borderline')")}
      from plan_audits pa join audits a on a.id = pa.audit_id where pa.plan_id = ${planId} group by pa.stratum`,
  );
  return rows.map(({ stratum, judged, disputed, ...row }) => ({
    stratum,
    judged,
    disputed,
    right: { count: row.right_n, weight: row.right_w, squaredWeight: row.right_w2 },
    wrong: { count: row.wrong_n, weight: row.wrong_w, squaredWeight: row.wrong_w2 },
  }));
}

function shareOf(wrong: WeightedSum, right: WeightedSum): Share {
  const found = weightedProportionOf(wrong, right);
  if (found.kind === "insufficient") {
    return { value: null, lower: null, upper: null, n: found.n, ess: found.ess, needed: found.needed };
  }
  const { value, lower, upper, n, ess } = found;
  return { value, lower, upper, n, ess, needed: null };
}

function auditorsOf(ctx: Context, planId: string): Promise<PlanView["auditors"]> {
  return rowsOf<PlanView["auditors"][number]>(
    ctx.db,
    sql`select substr(j.auditor, 6) as id, coalesce(u.name, j.auditor) as name, count(*)::int as judged
      from plan_audits pa join audit_judgements j on j.audit_id = pa.audit_id
      left join users u on 'user:' || u.id = j.auditor
      where pa.plan_id = ${planId} and j.judged_at is not null group by 1, 2 order by 3 desc, 2 limit 50`,
  );
}

/** How often each answer was given, over audits that are done: before that nobody is to know another's. */
async function rubricAnswers(
  ctx: Context,
  planId: string,
  keys: readonly RubricKey[],
): Promise<PlanView["rubric_answers"]> {
  const rows = await rowsOf<{ key: string; value: number; count: number }>(
    ctx.db,
    sql`select r.key, r.value::int as value, count(*)::int as count
      from plan_audits pa join audits a on a.id = pa.audit_id join audit_judgements j on j.audit_id = a.id
      cross join lateral jsonb_each_text(j.rubric) r
      where pa.plan_id = ${planId} and a.status = 'done' and j.rubric is not null group by 1, 2`,
  );
  return keys.map(({ key, question, answers }) => ({
    key,
    question,
    answers: answers.map((answer, i) => ({
      answer,
      count: rows.find((row) => row.key === key && row.value === i + 1)?.count ?? 0,
    })),
  }));
}

import { sql, type SQL } from "drizzle-orm";
import { actionSummary } from "@/lib/decisions/summary";
import type { LabelSource, Truth } from "@/lib/decisions/schema";
import type { Role } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { ExecutionStatus, Verdict } from "@/lib/kernel/statuses";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { differingFields, tellingWords, wordsOf } from "../precedents";
import type { SimilarDecision, SimilarDecisions } from "../similar";
import { isBlindNow } from "./blind";
import { stamp } from "./review-sql";
import { wordShares } from "./word-shares";

type Asked = {
  id: string;
  type_id: string;
  subject_type: string | null;
  subject_id: string | null;
  amount: number | string | null;
  input: JsonValue;
  arguments: JsonObject;
  is_blind: boolean;
};

type Row = {
  decision_id: string;
  verdict: Verdict;
  reason_code: string | null;
  reviewer_role: Role | null;
  ruled_at: string;
  amount: number | string | null;
  currency: string | null;
  arguments: JsonObject;
  summary_template: string;
  type_name: string;
  same_subject: boolean;
  likeness: number;
  truth: Truth | null;
  truth_source: LabelSource | null;
  execution: ExecutionStatus | null;
};

/** Each way of finding candidates gives this many at most, the newest. */
const mostFound = 200;
/**
 * Past rulings on decisions like this one, nearest first. A look-up costs the same however much is remembered: words
 * are chosen by how rare they are, and each way of finding gives its newest. While the review is blind a person is told
 * which cases are alike, not how they were ruled. Throws `not_found`.
 */
export async function similarDecisions(
  ctx: Context,
  input: { params: { decision: string }; query: { limit: number } },
): Promise<SimilarDecisions> {
  authorize(ctx, "decisions.read");
  const asked = await readAsked(ctx, input.params.decision);
  const words = wordsOf(asked.input, asked.arguments).split(" ");
  const telling = tellingWords(words.filter(Boolean), await wordShares(ctx.db));
  const rows = await rowsOf<Row>(ctx.db, nearest(ctx, asked, telling.join(" | "), input.query.limit));
  const hidden = asked.is_blind && ctx.actor.kind === "user";
  return {
    object: "similar_decisions",
    decision_id: asked.id,
    hidden,
    data: rows.map((row) => viewOf(row, asked, hidden)),
  };
}

async function readAsked(ctx: Context, id: string): Promise<Asked> {
  const app = appBound(ctx);
  const [asked] = await rowsOf<Asked>(
    ctx.db,
    sql`select d.id, d.type_id, d.subject_type, d.subject_id, d.amount, d.input, d.arguments, ${isBlindNow} as is_blind
      from decisions d where d.id = ${id} and d.org_id = ${ctx.orgId}
        ${app ? sql`and d.app_id = ${app} and not d.measure` : sql``}`,
  );
  if (!asked) throw new DomainError("not_found", `There is no decision ${id}`);
  return asked;
}

function nearest(ctx: Context, asked: Asked, query: string, limit: number): SQL {
  const app = appBound(ctx);
  // A copy that measures a reviewer must not find the case it was copied from.
  const mine = sql`p.org_id = ${ctx.orgId} and p.type_id = ${asked.type_id} and p.decision_id <> ${asked.id}
    ${app ? sql`and p.app_id = ${app}` : sql``}
    and not exists (select 1 from measures m where m.decision_id = ${asked.id} and m.source_decision_id = p.decision_id)`;
  const newest = (arm: SQL, most = mostFound) =>
    sql`(select p.decision_id from ${arm} order by p.ruled_at desc limit ${most})`;
  const subject =
    asked.subject_id === null
      ? sql`false`
      : sql`p.subject_type = ${asked.subject_type} and p.subject_id = ${asked.subject_id}`;
  const amount = asked.amount === null ? 0 : Number(asked.amount);
  // Materialized: with the limit inside, the planner would walk the newest and look for the words in each.
  return sql`with hits as materialized (select p.decision_id, p.org_id, p.type_id, p.app_id, p.ruled_at from precedents p
        where to_tsvector('simple', p.words) @@ to_tsquery('simple', ${query})),
      found as (${newest(sql`hits p where ${mine}`)} union ${newest(sql`precedents p where ${mine}`)}
        union ${newest(sql`precedents p where ${subject} and ${mine}`, 50)}),
      ranked as (select p.*, coalesce(${subject}, false) as same_subject,
          ts_rank(to_tsvector('simple', p.words), to_tsquery('simple', ${query})) as rank,
          case when ${amount}::float8 > 0 and p.amount > 0
            then greatest(0, 1 - abs(ln(p.amount::float8 / ${amount}::float8))) else 0 end as near
        from found join precedents p using (decision_id)),
      best as (select *, rank / (rank + 0.05) + 0.3 * same_subject::int + 0.2 * near as likeness from ranked
        where rank > 0 or same_subject order by likeness desc, ruled_at desc limit ${limit})
    select b.decision_id, b.verdict, b.reason_code, u.role as reviewer_role, ${stamp("b.ruled_at")} as ruled_at, d.amount,
      d.currency, coalesce(d.edited_arguments, d.arguments) as arguments, t.summary_template, t.name as type_name,
      b.same_subject, b.likeness::float8 as likeness,
      case when d.truth_source <> 'review' then d.truth end as truth, d.truth_source,
      (select e.status from executions e where e.decision_id = d.id and e.kind = 'action' and e.status <> 'cancelled'
        limit 1) as execution
    from best b join decisions d on d.id = b.decision_id join decision_types t on t.id = d.type_id
    left join lateral (select r.resolved_by from reviews r where r.decision_id = d.id and r.verdict is not null
      order by r.resolved_at desc limit 1) r on true
    left join users u on u.id = substr(r.resolved_by, 6)
    order by b.likeness desc, b.ruled_at desc`;
}

function viewOf(row: Row, asked: Asked, hidden: boolean): SimilarDecision {
  const money =
    row.amount !== null && row.currency !== null
      ? { amount: Number(row.amount), currency: row.currency }
      : null;
  const { truth, truth_source: source } = row;
  return {
    decision_id: row.decision_id,
    summary: actionSummary(row.summary_template, row.type_name, row.arguments, money),
    verdict: hidden ? null : row.verdict,
    reason_code: hidden ? null : row.reason_code,
    reviewer_role: row.reviewer_role,
    ruled_at: row.ruled_at,
    amount: money,
    same_subject: row.same_subject,
    likeness: row.likeness,
    outcome: hidden || truth === null || source === null ? null : { truth, source },
    execution: hidden ? null : row.execution,
    differs: differingFields(asked.arguments, row.arguments),
  };
}

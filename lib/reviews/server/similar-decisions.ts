import { sql, type SQL } from "drizzle-orm";
import { isBlindNow } from "@/lib/decisions/server/blind-now";
import { actionSummary } from "@/lib/decisions/summary";
import type { LabelSource, Truth } from "@/lib/decisions/schema";
import type { Role } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { ExecutionStatus, Verdict } from "@/lib/kernel/statuses";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import {
  differingFields,
  likenessOf,
  sharedWords,
  tellingWords,
  wordsOf,
  type WordShares,
} from "../precedents";
import type { SimilarDecision, SimilarDecisions } from "../similar";
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

type Candidate = {
  decision_id: string;
  words: string;
  amount: number | string | null;
  same_subject: boolean;
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
  const shares = await wordShares(ctx.db);
  const words = wordsOf(asked.input, asked.arguments).split(" ").filter(Boolean);
  const candidates = await rowsOf<Candidate>(
    ctx.db,
    found(ctx, asked, tellingWords(words, shares).join(" | ")),
  );
  const nearest = pickNearest(candidates, { words: new Set(words), asked, shares }).slice(
    0,
    input.query.limit,
  );
  const hidden = asked.is_blind && ctx.actor.kind === "user";
  const rows = await readRulings(ctx, nearest);
  return {
    object: "similar_decisions",
    decision_id: asked.id,
    hidden,
    data: await maskFor(
      ctx,
      nearest.flatMap((near) => {
        const row = rows.get(near.decision_id);
        return row ? [viewOf(row, near, asked, hidden)] : [];
      }),
    ),
  };
}

type Near = Candidate & { likeness: number };
type About = { words: ReadonlySet<string>; asked: Asked; shares: WordShares };

// In the order found, the newest first, cases that are equally alike.
function pickNearest(candidates: readonly Candidate[], { words, asked, shares }: About): Near[] {
  return candidates
    .map((candidate) => {
      const shared = sharedWords(words, candidate.words, shares);
      const amounts = [numberOf(asked.amount), numberOf(candidate.amount)] as const;
      const likeness = likenessOf({ words: shared, sameSubject: candidate.same_subject, amounts });
      return { ...candidate, shared, likeness };
    })
    .filter(({ shared, same_subject }) => shared > 0 || same_subject)
    .toSorted((a, b) => b.likeness - a.likeness);
}

function numberOf(stored: number | string | null): number | null {
  return stored === null ? null : Number(stored);
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

function found(ctx: Context, asked: Asked, query: string): SQL {
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
      : sql`(p.subject_type = ${asked.subject_type} and p.subject_id = ${asked.subject_id})`;
  // Materialized: with the limit inside, the planner would walk the newest and look for the words in each.
  return sql`with hits as materialized (select p.decision_id, p.org_id, p.type_id, p.app_id, p.ruled_at from precedents p
        where to_tsvector('simple', p.words) @@ to_tsquery('simple', ${query})),
      found as (${newest(sql`hits p where ${mine}`)} union ${newest(sql`precedents p where ${mine}`)}
        union ${newest(sql`precedents p where ${subject} and ${mine}`, 50)})
    select p.decision_id, p.words, p.amount, coalesce(${subject}, false) as same_subject
    from found join precedents p using (decision_id) order by p.ruled_at desc`;
}

async function readRulings(ctx: Context, nearest: readonly Near[]): Promise<Map<string, Row>> {
  if (nearest.length === 0) return new Map();
  const ids = JSON.stringify(nearest.map(({ decision_id }) => decision_id));
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select p.decision_id, p.verdict, p.reason_code, u.role as reviewer_role, ${stamp("p.ruled_at")} as ruled_at, d.amount,
        d.currency, coalesce(d.edited_arguments, d.arguments) as arguments, t.summary_template, t.name as type_name,
        case when d.truth_source <> 'review' then d.truth end as truth, d.truth_source,
        (select e.status from executions e where e.decision_id = d.id and e.kind = 'action' and e.status <> 'cancelled'
          limit 1) as execution
      from jsonb_array_elements_text(${ids}::jsonb) found(id) join precedents p on p.decision_id = found.id
      join decisions d on d.id = p.decision_id join decision_types t on t.id = d.type_id
      left join lateral (select r.resolved_by from reviews r where r.decision_id = d.id and r.verdict is not null
        order by r.resolved_at desc limit 1) r on true
      left join users u on u.id = substr(r.resolved_by, 6)
      where p.org_id = ${ctx.orgId}`,
  );
  return new Map(rows.map((row) => [row.decision_id, row]));
}

function viewOf(row: Row, near: Near, asked: Asked, hidden: boolean): SimilarDecision {
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
    same_subject: near.same_subject,
    likeness: near.likeness,
    outcome: hidden || truth === null || source === null ? null : { truth, source },
    execution: hidden ? null : row.execution,
    differs: differingFields(asked.arguments, row.arguments),
  };
}

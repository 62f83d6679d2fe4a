import { sql, type SQL } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { appBound, authorize, may } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { maskFor } from "@/lib/policies/server/mask-for";
import type { ScoreFilter, ScoreView } from "../views";
import { stamp } from "./read-evaluators";

/** The latest scores among which disagreements are looked for. */
const lookedThrough = 2000;

type Row = Omit<ScoreView, "object" | "people" | "cost_micros"> & {
  ruled_n: number;
  ruled_passed: boolean | null;
  ruled_label: string | null;
  cost_micros: number | string | null;
};

/**
 * Scores that evaluators and programs gave, newest first; or, of the latest 2,000, those that people ruled otherwise on
 * first. An app's key sees its own app's. Whoever judges audits is not shown what was said of a decision whose audit is
 * still to be answered. What a judge wrote may quote the case: personal data in it is masked as evidence is.
 */
export async function listScores(ctx: Context, query: ScoreFilter): Promise<List<ScoreView>> {
  authorize(ctx, "evaluators.read");
  const { limit, starting_after: after, ending_before: before } = query;
  const isNewest = query.order === "newest";
  const backwards = isNewest && before !== undefined && after === undefined;
  const page = isNewest
    ? after
      ? sql`s.id < ${after}`
      : before
        ? sql`s.id > ${before}`
        : sql`true`
    : sql`true`;
  const order = backwards ? sql`s.id asc` : sql`s.id desc`;
  const where = sql`${filterOf(ctx, query)} and ${page}`;
  const rows = await readScores(ctx, { where, order, limit: isNewest ? limit + 1 : lookedThrough });
  const ordered = isNewest ? rows : rows.toSorted((one, other) => rankOf(one) - rankOf(other));
  const data = await maskFor(ctx, ordered.slice(0, limit).map(viewOf));
  return {
    object: "list",
    url: "/api/v1/scores",
    has_more: rows.length > limit,
    data: backwards ? data.toReversed() : data,
  };
}

/** What evaluators said of one decision, for its page: those who see evaluators, and no blind judge of it. */
export async function listScoresOf(ctx: Context, input: { decisionId: string }): Promise<ScoreView[]> {
  authorize(ctx, "evaluators.read");
  const query = { decision: input.decisionId, limit: 100, order: "newest" } as const;
  return (await listScores(ctx, query)).data;
}

/** One score by id, for whoever changed it; the caller has authorised. */
export async function readScore(ctx: Context, id: string): Promise<ScoreView | undefined> {
  const where = sql`s.id = ${id} and s.org_id = ${ctx.orgId}`;
  const [row] = await readScores(ctx, { where, order: sql`s.id`, limit: 1 });
  return row && viewOf(row);
}

function filterOf(ctx: Context, { evaluator, decision, status }: ScoreFilter): SQL {
  const bound = appBound(ctx);
  const parts = [
    sql`s.org_id = ${ctx.orgId} and s.scorer <> 'person'`,
    bound === undefined ? null : sql`e.app_id = ${bound}`,
    evaluator === undefined ? null : sql`s.evaluator_id = ${evaluator}`,
    decision === undefined ? null : sql`s.decision_id = ${decision}`,
    status === undefined ? null : sql`s.status = ${status}`,
    may(ctx.actor, "audits.judge") && ctx.actor.kind === "user" ? stillBlind : null,
  ];
  return sql.join(
    parts.filter((part) => part !== null),
    sql` and `,
  );
}

/** Leaves out scores `s` of a decision whose audit is still to be answered: whoever may judge it is told nothing first. */
export const stillBlind = sql`not exists (select 1 from decisions x left join audits a on a.decision_id = x.id
  where x.id = s.decision_id and (x.audit_pending or a.status in ('open', 'claimed')))`;

function readScores(
  ctx: Context,
  { where, order, limit }: { where: SQL; order: SQL; limit: number },
): Promise<Row[]> {
  return rowsOf<Row>(
    ctx.db,
    sql`select s.id, s.evaluator_id, e.name as evaluator, e.kind, e.status = 'active' as counts, v.version, s.scorer, s.scored_by,
        s.decision_id, s.subject, t.name as summary, s.quality, s.status, s.score, s.label, s.passed, s.rationale, s.pi,
        s.run_id, s.cost_micros, s.latency_ms, s.error, ${stamp("s.created_at")} as created_at, ${stamp("s.done_at")} as done_at,
        coalesce(p.n, 0)::int as ruled_n,
        case when p.n > 0 then p.passed when s.quality = 'output' then d.predicted = d.truth end as ruled_passed,
        p.label as ruled_label
      from scores s join evaluators e on e.id = s.evaluator_id left join evaluator_versions v on v.id = s.version_id
      left join decisions d on d.id = s.decision_id left join decision_types t on t.id = d.type_id
      left join lateral (select count(*) as n, mode() within group (order by p.passed) as passed,
          mode() within group (order by p.label) as label
        from scores p where p.evaluator_id = s.evaluator_id and p.scorer = 'person' and p.quality = s.quality
          and (p.decision_id = s.decision_id or p.subject = s.subject)) p on true
      where ${where} order by ${order} limit ${limit}`,
  );
}

function viewOf({ ruled_n: _, ruled_passed: passed, ruled_label: label, ...row }: Row): ScoreView {
  const people = passed === null && label === null ? null : { passed, label };
  const cost = row.cost_micros === null ? null : Number(row.cost_micros);
  return { ...row, object: "score", cost_micros: cost, people };
}

/** Disagreements, then agreements, then what people said nothing of. */
function rankOf({ passed, label, ruled_passed: ruled, ruled_label: ruledLabel }: Row): number {
  if (passed !== null && ruled !== null) return passed === ruled ? 1 : 0;
  if (label !== null && ruledLabel !== null) return label === ruledLabel ? 1 : 0;
  return 2;
}

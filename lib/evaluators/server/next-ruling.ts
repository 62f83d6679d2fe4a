import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { maskFor } from "@/lib/policies/server/mask-for";
import { authorize, may } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { configOf } from "../config";
import type { AskRuling, NextRuling, RulingCase } from "../rulings";
import type { EvaluatorView } from "../views";
import type { Quality } from "../vocabulary";
import { stillBlind } from "./list-scores";
import { ownScores, readEvaluator } from "./read-evaluators";
import { scorableOf } from "./scorable-of";

/** The latest scores among which a case is drawn. */
const lookedThrough = 2000;

type Drawn = {
  id: string;
  decision_id: string | null;
  subject: string | null;
  quality: Quality;
  summary: string | null;
  wants: "passed" | "label";
};

type Ask = { params: { evaluator: string }; query: { score?: string | undefined } };

export const answerNextRuling = (ctx: Context, { params, query }: Ask) =>
  nextRuling(ctx, { ...params, ...query });

/**
 * A case that an evaluator has scored and this person has not ruled on, at random, with nothing of what it said; of those
 * that nobody has said anything of first. `score`: that one. Throws `not_found`, `forbidden` for an app's key, and
 * `conflict` where the one asked for has been ruled on.
 */
export async function nextRuling(ctx: Context, input: AskRuling): Promise<NextRuling> {
  authorize(ctx, "scores.give");
  requirePerson(ctx);
  const evaluator = await readEvaluator(ctx, input.evaluator);
  const [counts] = await rowsOf<{ ruled: number; left: number }>(
    ctx.db,
    sql`select count(*) filter (where o.mine)::int as ruled, count(*) filter (where not o.mine)::int as left
      from (${candidates(ctx, evaluator)}) o`,
  );
  const [drawn] = await rowsOf<Drawn>(
    ctx.db,
    sql`select o.id, o.decision_id, o.subject, o.quality, o.summary, o.wants from (${candidates(ctx, evaluator)}) o
      where ${input.score === undefined ? sql`not o.mine` : sql`o.id = ${input.score} and not o.mine`}
      order by o.known, md5(o.id || ${actorName(ctx.actor)}) limit 1`,
  );
  if (!drawn && input.score !== undefined) {
    throw new DomainError("conflict", "You have ruled on this one, or it is not to be ruled on.");
  }
  const shown = drawn ? await caseOf(ctx, evaluator, drawn) : null;
  return { object: "next_ruling", case: shown, ruled: counts?.ruled ?? 0, left: counts?.left ?? 0 };
}

/** Throws `forbidden` for an app's key: an app would vouch for its own judge. */
export function requirePerson(ctx: Context): void {
  if (ctx.actor.kind === "user") return;
  throw new DomainError("forbidden", "A person rules, with their session or token.", { code: "forbidden" });
}

/** What of the current version may be ruled on; `mine`: this person has; `known`: people have said something of it. */
function candidates(ctx: Context, { id }: EvaluatorView): SQL {
  return sql`select s.id, s.decision_id, s.subject, s.quality, t.name as summary,
      case when s.passed is null then 'label' else 'passed' end as wants,
      exists (select 1 from scores p where ${ofTheSame} and p.scored_by = ${actorName(ctx.actor)}) as mine,
      exists (select 1 from scores p where ${ofTheSame}) or (s.quality = 'output' and d.truth is not null) as known
    from (select * from scores s where s.evaluator_id = ${id} and s.org_id = ${ctx.orgId} and ${ownScores}
        and s.version_id = (select version_id from evaluators where id = ${id}) and (s.passed is not null or s.label is not null)
      order by s.created_at desc, s.id desc limit ${lookedThrough}) s
    left join decisions d on d.id = s.decision_id left join decision_types t on t.id = d.type_id
    where ${may(ctx.actor, "audits.judge") ? stillBlind : sql`true`}`;
}

const ofTheSame = sql`p.evaluator_id = s.evaluator_id and p.scorer = 'person' and p.quality = s.quality
  and (p.decision_id = s.decision_id or p.subject = s.subject)`;

async function caseOf(ctx: Context, evaluator: EvaluatorView, drawn: Drawn): Promise<RulingCase> {
  const item = drawn.decision_id === null ? undefined : await scorableOf(ctx, drawn.decision_id);
  const shown = await maskFor(ctx, {
    input: item?.input ?? null,
    context: item?.context ?? null,
    output: item?.output ?? null,
    prompt: drawn.quality === "prompt" ? (item?.prompt ?? null) : null,
  });
  return {
    ...shown,
    score_id: drawn.id,
    evaluator_id: evaluator.id,
    evaluator: evaluator.name,
    quality: drawn.quality,
    rubric: rubricOf(evaluator, drawn.quality),
    wants: drawn.wants,
    labels: drawn.wants === "label" ? await labelsOf(ctx, evaluator.id) : [],
    decision_id: drawn.decision_id,
    subject: drawn.subject,
    summary: drawn.summary,
  };
}

function rubricOf({ kind, version }: EvaluatorView, quality: Quality): string | null {
  return kind === "llm_judge" ? (configOf(kind, version.config).rubrics[quality] ?? null) : null;
}

async function labelsOf(ctx: Context, id: string): Promise<string[]> {
  const rows = await rowsOf<{ label: string }>(
    ctx.db,
    sql`select distinct label from scores where evaluator_id = ${id} and org_id = ${ctx.orgId} and label is not null
      order by label limit 9`,
  );
  return rows.map(({ label }) => label);
}

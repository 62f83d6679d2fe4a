import { sql } from "drizzle-orm";
import { DomainError, type FieldError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { GiveScores, ScoreGivenBody, ScoresGiven } from "../views";
import { readEvaluator } from "./read-evaluators";
import { tellEvaluator } from "./tell-evaluator";

/**
 * Takes what an evaluator's own program said (`import`) and what people ruled (`person`), up to 1,000 at once, all or
 * nothing. Who gave it before and says something else now is taken at the later word. A key gives no people's rulings:
 * an app would vouch for its own judge. Throws `not_found`, `forbidden`, `validation_failed`.
 */
export async function giveScores(ctx: Context, input: GiveScores): Promise<ScoresGiven> {
  authorize(ctx, "scores.give");
  const { id, app_id: app, status, version } = await readEvaluator(ctx, input.evaluator);
  if (status === "archived") throw new DomainError("conflict", "This evaluator is archived.");
  requirePeople(ctx, input.scores);
  const rows = input.scores.map((each) => rowOf(ctx, version.id, each));
  refuseTwins(rows);
  await requireDecisions(ctx, app, input.scores);
  return inTransaction(ctx, async (ctx) => {
    const written = await write(ctx, id, rows);
    const people = input.scores.filter(({ scorer }) => scorer === "person").length;
    const data = { written, people, programs: rows.length - people };
    if (written > 0) await tellEvaluator(ctx, id, { did: "scores_given", data });
    return { object: "scores_given", evaluator_id: id, written, unchanged: rows.length - written };
  });
}

function requirePeople(ctx: Context, scores: readonly ScoreGivenBody[]): void {
  if (ctx.actor.kind !== "key" || scores.every(({ scorer }) => scorer !== "person")) return;
  const message = "An app's key gives no people's rulings: a person does, with their session or token.";
  throw new DomainError("forbidden", message, { code: "forbidden" });
}

type Row = Omit<ScoreGivenBody, "by"> & { id: string; scored_by: string; version_id: string | null };

// A person rules on the subject, whatever version looked at it.
function rowOf(ctx: Context, versionId: string, { by, ...given }: ScoreGivenBody): Row {
  const isPerson = given.scorer === "person";
  const named = by === undefined ? undefined : `${isPerson ? "person" : "program"}:${by}`;
  const scoredBy = named ?? actorName(ctx.actor);
  return { ...given, id: newId("score"), scored_by: scoredBy, version_id: isPerson ? null : versionId };
}

function refuseTwins(rows: readonly Row[]): void {
  const seen = new Map<string, number>();
  const errors = rows.flatMap((row, at): FieldError[] => {
    const key = JSON.stringify([row.decision, row.subject, row.scored_by, row.version_id, row.quality]);
    const first = seen.get(key);
    seen.set(key, first ?? at);
    if (first === undefined) return [];
    const message = `is given twice: scores/${first} is about the same, by the same`;
    return [{ pointer: `/scores/${at}`, code: "not_unique", message, fix: "Send one of them." }];
  });
  if (errors.length > 0) throw invalid("A score is given twice", errors);
}

async function requireDecisions(ctx: Context, app: string, scores: readonly ScoreGivenBody[]): Promise<void> {
  const ids = [...new Set(scores.flatMap(({ decision }) => decision ?? []))];
  if (ids.length === 0) return;
  const found = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from decisions where id = any(${sql.param(ids)}::text[]) and org_id = ${ctx.orgId} and app_id = ${app}
      and not measure`,
  );
  const known = new Set(found.map(({ id }) => id));
  const errors = scores.flatMap(({ decision }, at): FieldError[] =>
    decision === undefined || known.has(decision)
      ? []
      : [
          {
            pointer: `/scores/${at}/decision`,
            code: "unknown",
            message: "is no decision of the evaluator's app",
          },
        ],
  );
  if (errors.length > 0) throw invalid("There is no such decision", errors.slice(0, 100));
}

function invalid(message: string, errors: FieldError[]): DomainError {
  return new DomainError("invalid", message, { code: "validation_failed", errors });
}

async function write(ctx: Context, evaluatorId: string, rows: readonly Row[]): Promise<number> {
  const written = await rowsOf(
    ctx.db,
    sql`insert into scores (id, org_id, evaluator_id, version_id, scorer, scored_by, decision_id, subject, quality, status,
        score, label, passed, rationale, done_at)
      select id, ${ctx.orgId}, ${evaluatorId}, version_id, scorer, scored_by, decision, subject, quality, 'done', score, label,
        passed, rationale, now()
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id text, version_id text, scorer text, scored_by text,
        decision text, subject text, quality text, score float8, label text, passed boolean, rationale text)
      on conflict on constraint scores_once_unique do update set score = excluded.score, label = excluded.label,
        passed = excluded.passed, rationale = excluded.rationale, done_at = now()
        where scores.scorer = excluded.scorer and (scores.score, scores.label, scores.passed, scores.rationale)
          is distinct from (excluded.score, excluded.label, excluded.passed, excluded.rationale)
      returning id`,
  );
  return written.length;
}

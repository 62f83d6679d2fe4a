import { sql, type SQL } from "drizzle-orm";
import { configOf } from "@/lib/evaluators/config";
import { answerSchema, judgeable, judgeMessages, judgeOutputTokens } from "@/lib/evaluators/judge-prompt";
import type { Scorable } from "@/lib/evaluators/scorable";
import { ServiceCallError } from "@/lib/evaluators/service-call-error";
import { scoreItem } from "@/lib/evaluators/server/score-item";
import { DomainError } from "@/lib/kernel/errors";
import { costMicros } from "@/lib/models/cost";
import { ModelCallError } from "@/lib/models/model-call-error";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { askInTurn, costOfRuns, markAsked, mostFailuresInARow, type Line } from "./ask-in-turn";
import { evaluatorsOf, type AskedEvaluator } from "./asked-evaluators";
import type { ExperimentJob } from "./experiment-job";
import { keepScore, type ScoreKey, type SettledScore } from "./keep-score";
import { answeredItem, promptText, type AnsweredRow } from "./scored-answer";

/** Tokens for what surrounds a message. */
const overhead = 1000;

type Question = ScoreKey & AnsweredRow;

/**
 * Has an experiment's judges and services score its answers, for so long, so many at once, under the same cap and with the
 * same care as the answers: each is asked once and never again by itself. True once nothing is left to ask.
 */
export async function askJudges(
  ctx: Context,
  job: ExperimentJob,
  pace: { forMs: number; atOnce: number },
): Promise<boolean> {
  const evaluators = await evaluatorsOf(ctx, job.id);
  if (evaluators.length === 0) return true;
  await layOut(ctx, job);
  return askInTurn(ctx, job, lineOf(ctx, job, evaluators), pace);
}

/** Whether every answer of an experiment has a row for each of its evaluators. */
export function isLaidOut(id: string): SQL {
  return sql`(select x.scores_total from experiments x where x.id = ${id})
    = (select count(*) from experiment_results where experiment_id = ${id} and status = 'done')
    * (select count(*) from experiment_evaluators where experiment_id = ${id})`;
}

/** One row for each answer and evaluator; an answer that comes late gets its own the next time. */
async function layOut(ctx: Context, { id }: ExperimentJob): Promise<void> {
  const [wanted] = await rowsOf<{ whole: boolean }>(ctx.db, sql`select ${isLaidOut(id)} as whole`);
  if (wanted?.whole) return;
  await rowsOf(
    ctx.db,
    sql`insert into experiment_scores (candidate_id, item_id, evaluator_id, experiment_id, position)
      select r.candidate_id, r.item_id, x.evaluator_id, r.experiment_id, r.position from experiment_results r
      join experiment_evaluators x on x.experiment_id = r.experiment_id
      where r.experiment_id = ${id} and r.status = 'done' on conflict do nothing`,
  );
  await rowsOf(
    ctx.db,
    sql`update experiments x set scores_total = c.total from
        (select count(*)::int as total from experiment_scores where experiment_id = ${id}) c
      where x.id = ${id} and x.scores_total <> c.total`,
  );
}

function lineOf(
  ctx: Context,
  job: ExperimentJob,
  evaluators: readonly AskedEvaluator[],
): Line<Question, SettledScore> {
  const byId = new Map(evaluators.map((one) => [one.evaluatorId, one]));
  const failures = new Map<string, number>();
  const failuresOf = ({ evaluator_id }: Question) => failures.get(evaluator_id) ?? 0;
  let lastFailure = "";
  return {
    next: (limit) => nextQuestions(ctx, job, limit),
    worst: (question) => {
      const evaluator = byId.get(question.evaluator_id);
      return evaluator ? worstOf(evaluator, answeredItem(question)) : 0;
    },
    mark: ({ candidate_id, item_id, evaluator_id }, most) => {
      const row = sql`candidate_id = ${candidate_id} and item_id = ${item_id} and evaluator_id = ${evaluator_id}`;
      return markAsked(ctx, job, { table: "experiment_scores", row }, most);
    },
    ask: (question) => askOne(ctx, byId.get(question.evaluator_id), question),
    keep: (key, startedAt, settled) => keepScore(ctx, { experimentId: job.id, key, startedAt, settled }),
    // The answers are all there: a judge that is broken does not hold up what they say.
    before: async (question) => {
      if (failuresOf(question) < mostFailuresInARow) return "ask";
      await giveUp(ctx, job, question, lastFailure);
      return "skip";
    },
    heard: (question, { status, error }) => {
      failures.set(question.evaluator_id, status === "failed" ? failuresOf(question) + 1 : 0);
      if (status === "failed") lastFailure = error ?? "";
    },
  };
}

/** What an evaluator was still to be asked fails unasked; a person may have it asked again. */
async function giveUp(
  ctx: Context,
  { id }: ExperimentJob,
  { evaluator_id }: Question,
  lastFailure: string,
): Promise<void> {
  const why = `Not asked: ${mostFailuresInARow} in a row failed. The last one: ${lastFailure}`.slice(0, 500);
  await rowsOf(
    ctx.db,
    sql`with left_out as (update experiment_scores set status = 'failed', error = ${why}, cost_micros = 0, done_at = now()
        where experiment_id = ${id} and evaluator_id = ${evaluator_id} and status = 'pending' returning 1)
      update experiments set scores_done = scores_done + (select count(*)::int from left_out) where id = ${id}`,
  );
}

/** No token is shorter than a byte, the judge uses all it may, and every repeat that its model's row allows is paid. */
function worstOf(evaluator: AskedEvaluator, item: Scorable): number | null {
  if (evaluator.kind !== "llm_judge") return 0;
  const { rubrics } = configOf("llm_judge", evaluator.config);
  const asked = judgeable(rubrics, item);
  if (asked.length === 0) return 0;
  const messages = judgeMessages(rubrics, asked, item)
    .map(({ content }) => content)
    .join("\n");
  const inputTokens = bytesOf(messages) + bytesOf(JSON.stringify(answerSchema(asked))) * 2 + overhead;
  const once = costMicros(evaluator, { inputTokens, outputTokens: judgeOutputTokens });
  return once === null ? null : once * (1 + evaluator.retries);
}

async function askOne(
  ctx: Context,
  evaluator: AskedEvaluator | undefined,
  question: Question,
): Promise<SettledScore> {
  if (!evaluator) return failedWith("The evaluator is gone.", null, 0);
  const askedBy = `${question.candidate_id}/${question.item_id}/${evaluator.evaluatorId}`;
  try {
    const given = await scoreItem({ ...ctx, now: new Date() }, evaluator, {
      ...answeredItem(question),
      askedBy,
    });
    const paid = given.flatMap(({ costMicros: cost }) => cost ?? []);
    return {
      status: "done",
      given,
      runId: given[0]?.runId ?? null,
      costMicros: paid.length === 0 ? null : paid.reduce((sum, each) => sum + each, 0),
      error: null,
    };
  } catch (error) {
    if (error instanceof ModelCallError) {
      return failedWith(error.message, error.runId, await costOfRuns(ctx, askedBy));
    }
    if (error instanceof ServiceCallError || error instanceof DomainError) {
      return failedWith(error.message, null, 0);
    }
    throw error;
  }
}

function failedWith(error: string, runId: string | null, cost: number | null): SettledScore {
  return { status: "failed", given: [], runId, costMicros: cost, error: error.slice(0, 500) };
}

/** The next answers nobody was asked about, in order of the dataset. */
function nextQuestions(ctx: Context, job: ExperimentJob, limit: number): Promise<Question[]> {
  return rowsOf<Question>(
    ctx.db,
    sql`select s.candidate_id, s.item_id, s.evaluator_id, i.input, i.truth, i.expected, i.decision_id, d.context, r.predicted,
        r.confidence, r.output, r.cost_micros::float8 as "costMicros", r.latency_ms as "latencyMs",
        ${promptText} as prompt, ${job.type_id}::text as "typeId"
      from experiment_scores s join experiment_results r on r.candidate_id = s.candidate_id and r.item_id = s.item_id
      join dataset_items i on i.id = s.item_id join experiment_candidates c on c.id = s.candidate_id
      left join prompt_versions v on v.id = c.prompt_version_id left join decisions d on d.id = i.decision_id
      where s.experiment_id = ${job.id} and s.status = 'pending'
      order by s.position, s.candidate_id, s.evaluator_id limit ${limit}`,
  );
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

import { sql } from "drizzle-orm";
import type { Truth } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import { ModelCallError } from "@/lib/models/model-call-error";
import { answerWithPrompt } from "@/lib/prompts/server/answer-with-prompt";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { askInTurn, costOfRuns, markAsked, mostFailuresInARow, type Line } from "./ask-in-turn";
import { holdExperiment, type ExperimentJob } from "./experiment-job";
import { keepResult, type Settled } from "./keep-result";
import { worstCases, type WorstCase } from "./worst-case";

type Question = {
  candidate_id: string;
  prompt_version_id: string;
  item_id: string;
  position: number;
  input: JsonObject;
  truth: Truth;
  decision_id: string | null;
};

/** Asks models for so long, so many at once. True once nothing is left to ask. */
export async function askPrompts(
  ctx: Context,
  job: ExperimentJob,
  pace: { forMs: number; atOnce: number },
): Promise<boolean> {
  const asked = job.candidates.filter(({ kind }) => kind === "prompt");
  if (asked.length === 0) return true;
  return askInTurn(ctx, job, lineOf(ctx, job, await worstCases(ctx, job, asked)), pace);
}

function lineOf(
  ctx: Context,
  job: ExperimentJob,
  worst: ReadonlyMap<string, WorstCase>,
): Line<Question, Settled> {
  let [failures, lastFailure] = [0, ""];
  return {
    next: (limit) => nextQuestions(ctx, job, limit),
    worst: ({ candidate_id, input }) => worst.get(candidate_id)?.(input) ?? null,
    mark: ({ candidate_id, item_id }, most) => {
      const row = sql`candidate_id = ${candidate_id} and item_id = ${item_id}`;
      return markAsked(ctx, job, { table: "experiment_results", row }, most);
    },
    ask: (question) => askOne(ctx, question),
    keep: (question, startedAt, settled) =>
      keepResult(ctx, { experimentId: job.id, ...question, startedAt, settled }),
    before: async () => {
      if (failures < mostFailuresInARow) return "ask";
      const why = `${failures} answers in a row failed. The last one: ${lastFailure}`;
      await holdExperiment(ctx, job, { status: "paused", why });
      return "stop";
    },
    heard: (_question, { status, error }) => {
      failures = status === "failed" ? failures + 1 : 0;
      if (status === "failed") lastFailure = error ?? "";
    },
  };
}

async function askOne(ctx: Context, question: Question): Promise<Settled> {
  const { prompt_version_id, input, candidate_id, item_id, decision_id, truth } = question;
  try {
    const answer = await answerWithPrompt(
      { ...ctx, now: new Date() },
      {
        promptVersionId: prompt_version_id,
        input,
        purpose: "experiment",
        askedBy: `${candidate_id}/${item_id}`,
        ...(decision_id === null ? {} : { decisionId: decision_id }),
      },
    );
    return {
      status: "done",
      predicted: answer.predicted,
      output: { arguments: answer.arguments, rationale: answer.rationale },
      confidence: answer.confidence,
      isCorrect: answer.predicted === truth,
      runId: answer.runIds[0] ?? null,
      costMicros: answer.costMicros,
      latencyMs: answer.latencyMs,
      error: null,
    };
  } catch (error) {
    if (error instanceof ModelCallError) {
      const cost = await costOfRuns(ctx, `${candidate_id}/${item_id}`);
      return failedWith(error.message, error.runId, cost);
    }
    if (error instanceof DomainError) return failedWith(error.message, null, 0);
    throw error;
  }
}

function failedWith(error: string, runId: string | null, costMicros: number | null): Settled {
  return {
    status: "failed",
    predicted: null,
    output: null,
    confidence: null,
    isCorrect: null,
    runId,
    costMicros,
    latencyMs: null,
    error: error.slice(0, 500),
  };
}

/** The next items nobody was asked about, in order of the dataset. */
function nextQuestions(ctx: Context, job: ExperimentJob, limit: number): Promise<Question[]> {
  return rowsOf<Question>(
    ctx.db,
    sql`select r.candidate_id, c.prompt_version_id, r.item_id, r.position, i.input, i.truth, i.decision_id
      from experiment_results r join experiment_candidates c on c.id = r.candidate_id
      join dataset_items i on i.id = r.item_id
      where r.experiment_id = ${job.id} and r.status = 'pending' and c.kind = 'prompt'
      order by r.position, r.candidate_id limit ${limit}`,
  );
}

import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { isJsonObject, type JsonObject } from "@/lib/kernel/json";
import { learningText } from "@/lib/models/learning-text";
import { classifyWithArtifact } from "@/lib/models/server/local-artifact";
import { inTransaction, type Context } from "@/lib/server/context";
import { recordset } from "@/lib/server/recordset";
import { rowsOf } from "@/lib/server/rows";
import { renewLease, type Candidate, type ExperimentJob } from "./experiment-job";
import { type FreeAnswer, type FreeItem, without } from "./free-answer";
import { policyAnswers } from "./policy-answers";

const rowsAtOnce = 200;

/**
 * Answers for the candidates that cost nothing, for so long: what was recorded, a model trained here, a policy. They may be
 * asked again after a crash, so nothing is marked before. True once all of them are through.
 */
export async function answerFree(ctx: Context, job: ExperimentJob, forMs: number): Promise<boolean> {
  const endsAt = performance.now() + forMs;
  for (const candidate of job.candidates) {
    if (candidate.kind === "prompt") continue;
    const answer = await answererOf(ctx, job, candidate);
    for (;;) {
      if (performance.now() >= endsAt || !(await renewLease(ctx, job))) return false;
      const items = await nextItems(ctx, candidate);
      if (items.length === 0) break;
      await keep(ctx, job, candidate, items, await answer(items));
    }
  }
  return true;
}

type Answerer = (items: readonly FreeItem[]) => Promise<FreeAnswer[]>;

async function answererOf(ctx: Context, job: ExperimentJob, candidate: Candidate): Promise<Answerer> {
  if (candidate.kind === "policy") return policyAnswers(ctx, job, candidate.policyVersionId ?? "");
  if (candidate.kind === "recorded") return async (items) => items.map(recordedAnswer);
  const artifactId = candidate.artifactId ?? "";
  return async (items) => {
    const answers: FreeAnswer[] = [];
    for (const { input } of items) answers.push(await classified(ctx, artifactId, input));
    return answers;
  };
}

async function classified(ctx: Context, artifactId: string, input: JsonObject): Promise<FreeAnswer> {
  const started = performance.now();
  try {
    const { predicted, confidence, rationale } = await classifyWithArtifact(
      ctx,
      artifactId,
      learningText(input),
    );
    return {
      predicted,
      confidence,
      output: { rationale },
      latencyMs: performance.now() - started,
      error: null,
    };
  } catch (error) {
    if (error instanceof DomainError) return without(error.message);
    throw error;
  }
}

function recordedAnswer({ recorded }: FreeItem): FreeAnswer {
  const predicted = recorded?.predicted;
  if (predicted !== "positive" && predicted !== "negative")
    return without("Nothing was recorded for this item");
  const { confidence, latency_ms: latency } = recorded ?? {};
  const output: JsonObject = isJsonObject(recorded?.arguments) ? { arguments: recorded.arguments } : {};
  return {
    predicted,
    output,
    confidence: typeof confidence === "number" && confidence >= 0 && confidence <= 1 ? confidence : null,
    latencyMs: typeof latency === "number" ? latency : null,
    error: null,
  };
}

function nextItems(ctx: Context, { id }: Candidate): Promise<FreeItem[]> {
  return rowsOf<FreeItem>(
    ctx.db,
    sql`select i.id, i.decision_id, i.input, i.truth, i.recorded
      from experiment_results r join dataset_items i on i.id = r.item_id
      where r.candidate_id = ${id} and r.status = 'pending' order by r.position limit ${rowsAtOnce}`,
  );
}

async function keep(
  ctx: Context,
  job: ExperimentJob,
  { id }: Candidate,
  items: readonly FreeItem[],
  answers: readonly FreeAnswer[],
): Promise<void> {
  const rows = items.map((item, index) => {
    const answer = answers[index] ?? without("It was not asked");
    return {
      item: item.id,
      status: answer.error === null ? "done" : "failed",
      predicted: answer.predicted,
      output: answer.output,
      confidence: answer.confidence,
      correct: answer.predicted === null ? null : answer.predicted === item.truth,
      latency: answer.latencyMs,
      error: answer.error,
    };
  });
  await inTransaction(ctx, async (ctx) => {
    await rowsOf(
      ctx.db,
      sql`with moved as (update experiment_results r set status = a.status, predicted = a.predicted, output = a.output,
            confidence = a.confidence, is_correct = a.correct, latency_ms = a.latency, error = a.error, cost_micros = 0,
            started_at = now(), done_at = now()
          from ${recordset(columns, rows)} as a
          where r.candidate_id = ${id} and r.item_id = a.item and r.status = 'pending' returning 1)
        update experiments set done = done + (select count(*)::int from moved) where id = ${job.id}`,
    );
  });
}

const columns = {
  item: "text",
  status: "text",
  predicted: "text",
  output: "jsonb",
  confidence: "float8",
  correct: "boolean",
  latency: "float8",
  error: "text",
} as const;

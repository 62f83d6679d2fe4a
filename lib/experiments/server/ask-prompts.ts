import { sql } from "drizzle-orm";
import type { Truth } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import { ModelCallError } from "@/lib/models/model-call-error";
import { answerWithPrompt } from "@/lib/prompts/server/answer-with-prompt";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { holdExperiment, renewLease, type ExperimentJob } from "./experiment-job";
import { keepResult, type Settled } from "./keep-result";
import { worstCases, type WorstCase } from "./worst-case";

/** Questions of one experiment under way at once. */
export function concurrencyOf(env: NodeJS.ProcessEnv): number {
  const asked = Number(env.COUNTERSIGN_EXPERIMENT_CONCURRENCY ?? 4);
  return Number.isInteger(asked) && asked >= 1 && asked <= 64 ? asked : 4;
}

/** So many answers that fail one after the other mean that it is not the items. */
const mostFailuresInARow = 10;
const renewEveryMs = 15_000;

export type Question = {
  candidate_id: string;
  prompt_version_id: string;
  item_id: string;
  position: number;
  input: JsonObject;
  truth: Truth;
  decision_id: string | null;
};

type Desk = {
  flying: Map<Promise<void>, number>;
  failures: number;
  lastFailure: string;
  worst: Map<string, WorstCase>;
  /** Nothing more is asked in this turn. */
  closed: boolean;
  waiting: Question[];
};

/**
 * Asks models for so long, so many at once, and waits for the last answer. A result is marked running, with what it may
 * cost at most, in a statement of its own before the model is asked: whatever happens, nothing is asked twice. True
 * once nothing is left to ask.
 */
export async function askPrompts(
  ctx: Context,
  job: ExperimentJob,
  { forMs, atOnce }: { forMs: number; atOnce: number },
): Promise<boolean> {
  const asked = job.candidates.filter(({ kind }) => kind === "prompt");
  if (asked.length === 0) return true;
  const worst = await worstCases(ctx, job, asked);
  const desk: Desk = { flying: new Map(), failures: 0, lastFailure: "", worst, closed: false, waiting: [] };
  const endsAt = performance.now() + forMs;
  let renewAt = performance.now() + renewEveryMs;
  let isEmpty = false;
  for (;;) {
    while (!desk.closed && desk.flying.size < atOnce && performance.now() < endsAt) {
      if (desk.waiting.length === 0) desk.waiting = await nextQuestions(ctx, job, atOnce * 4);
      isEmpty = desk.waiting.length === 0;
      if (isEmpty || !(await askNext(ctx, job, desk))) break;
    }
    if (desk.flying.size === 0) return isEmpty && !desk.closed;
    await Promise.race([...desk.flying.keys(), pause(renewAt - performance.now())]);
    if (performance.now() < renewAt) continue;
    renewAt = performance.now() + renewEveryMs;
    if (!(await renewLease(ctx, job))) desk.closed = true;
  }
}

/** False when it has to wait: for room under the cap, or for good. */
async function askNext(ctx: Context, job: ExperimentJob, desk: Desk): Promise<boolean> {
  const [question] = desk.waiting;
  if (!question) return false;
  if (desk.failures >= mostFailuresInARow) {
    desk.closed = true;
    const why = `${desk.failures} answers in a row failed. The last one: ${desk.lastFailure}`;
    await holdExperiment(ctx, job, { status: "paused", why });
    return false;
  }
  const worst = desk.worst.get(question.candidate_id)?.(question.input) ?? null;
  const underWay = [...desk.flying.values()].reduce((sum, each) => sum + each, 0);
  if (job.cap !== null && job.spent + underWay + (worst ?? 0) > job.cap) {
    // What is under way may turn out cheaper than its worst: only with nothing under way is it certain.
    if (desk.flying.size > 0) return false;
    desk.closed = true;
    await holdExperiment(ctx, job, { status: "paused", why: capReached(job, worst ?? 0) });
    return false;
  }
  desk.waiting.shift();
  const { isHeld, startedAt } = await markAsked(ctx, job, question, worst);
  if (!isHeld) {
    desk.closed = true;
    return false;
  }
  if (startedAt === null) return true;
  const flight: Promise<void> = askOne(ctx, question)
    .then(async (settled) => {
      job.spent += settled.costMicros ?? 0;
      desk.failures = settled.status === "failed" ? desk.failures + 1 : 0;
      if (settled.status === "failed") desk.lastFailure = settled.error ?? "";
      await keepResult(ctx, { experimentId: job.id, ...question, startedAt, settled });
    })
    .catch((error: unknown) => {
      // The row stays as asked; a later worker gives it up, and a person decides.
      desk.closed = true;
      log.error({ err: error, experiment: job.id, item: question.item_id }, "an answer could not be kept");
    })
    .finally(() => desk.flying.delete(flight));
  desk.flying.set(flight, worst ?? 0);
  return true;
}

function capReached({ cap, spent }: ExperimentJob, worst: number): string {
  const money = (micros: number) => (micros / 1_000_000).toFixed(4);
  return `The cap is ${money(cap ?? 0)}: ${money(spent)} is spent, and the next answer could cost ${money(worst)}.`;
}

/** `startedAt`: when it was marked, null where it is not to be asked any more. `isHeld`: whether the experiment still is this worker's. */
async function markAsked(
  ctx: Context,
  job: ExperimentJob,
  { candidate_id, item_id }: Question,
  worst: number | null,
): Promise<{ isHeld: boolean; startedAt: string | null }> {
  const [row] = await rowsOf<{ held: boolean; started: string | null }>(
    ctx.db,
    sql`with held as (select 1 from experiments where id = ${job.id} and status = 'running'
          and lease_until = ${job.lease}::timestamptz and lease_until > now() for share),
        marked as (update experiment_results set status = 'running', started_at = clock_timestamp(),
          reserved_micros = ${worst}
        where candidate_id = ${candidate_id} and item_id = ${item_id} and status = 'pending' and exists (select 1 from held)
        returning started_at::text as started)
      select exists (select 1 from held) as held, (select started from marked) as started`,
  );
  return { isHeld: row?.held ?? false, startedAt: row?.started ?? null };
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

async function costOfRuns(ctx: Context, askedBy: string): Promise<number | null> {
  const [row] = await rowsOf<{ cost: number | null }>(
    ctx.db,
    sql`select sum(cost_micros)::float8 as cost from runs where asked_by = ${askedBy} and org_id = ${ctx.orgId}`,
  );
  return row?.cost ?? null;
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

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms)).unref();
  });
}

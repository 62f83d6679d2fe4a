import { sql } from "drizzle-orm";
import type { JsonObject } from "@/lib/kernel/json";
import { newId } from "@/lib/kernel/ids";
import { ModelCallError } from "@/lib/models/model-call-error";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import type { ScoreGiven } from "../scorable";
import { unknown } from "../score-output";
import { ServiceCallError } from "../service-call-error";
import type { EvaluatorKind, Quality } from "../vocabulary";
import { scorableOf } from "./scorable-of";
import { scoreItem } from "./score-item";

const atOnce = 8;
const leaseSeconds = 60;
const mostTries = 3;
/** Pauses before a second and a third try. */
const pauseSeconds = [0, 30, 300];

type Job = {
  id: string;
  tries: number;
  decision_id: string;
  evaluator_id: string;
  version_id: string;
  app_id: string;
  kind: EvaluatorKind;
  quality: Quality;
  config: JsonObject;
  secret: string | null;
};

/**
 * Gives scores that are due, some at a time; answers how many. Each is taken with a lease that is renewed while it is
 * asked for. What was being asked of a model or a service when its worker ended may have been paid for: it fails with
 * these words, and nobody asks again by itself. What costs nothing is simply done again.
 */
export async function runScores(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  await sweepLeft(ctx);
  const jobs = await claim(ctx);
  if (jobs.length === 0) return 0;
  const beat = setInterval(() => void renew(ctx, jobs).catch(logLater), (leaseSeconds * 1000) / 4);
  try {
    await Promise.all(jobs.map((job) => run(ctx, job)));
  } finally {
    clearInterval(beat);
  }
  return jobs.length;
}

async function sweepLeft(ctx: Context): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`update scores s set
        status = case when e.kind in ('llm_judge', 'http') or s.tries >= ${mostTries} then 'failed' else 'pending' end,
        error = case when e.kind in ('llm_judge', 'http')
            then 'Interrupted: the process ended while it was asked. It may have been paid for, so it is not asked again by itself.'
          when s.tries >= ${mostTries} then 'The process ended each time it was scored.' end,
        done_at = case when e.kind in ('llm_judge', 'http') or s.tries >= ${mostTries} then now() end, lease_until = null
      from evaluators e where e.id = s.evaluator_id and s.org_id = ${ctx.orgId} and s.status = 'running' and s.lease_until < now()`,
  );
}

function claim(ctx: Context): Promise<Job[]> {
  return rowsOf<Job>(
    ctx.db,
    sql`with due as (select id from scores where org_id = ${ctx.orgId} and status = 'pending' and run_at <= now()
        order by run_at limit ${atOnce} for update skip locked)
      update scores s set status = 'running', tries = s.tries + 1, error = null,
        lease_until = now() + make_interval(secs => ${leaseSeconds})
      from due, evaluators e, evaluator_versions v
      where s.id = due.id and e.id = s.evaluator_id and v.id = s.version_id
      returning s.id, s.tries, s.decision_id, s.evaluator_id, s.version_id, e.app_id, e.kind, s.quality, v.config, v.secret`,
  );
}

async function renew(ctx: Context, jobs: readonly Job[]): Promise<void> {
  const ids = JSON.stringify(jobs.map(({ id, tries }) => ({ id, tries })));
  await rowsOf(
    ctx.db,
    sql`update scores s set lease_until = now() + make_interval(secs => ${leaseSeconds})
      from jsonb_to_recordset(${ids}::jsonb) as j(id text, tries integer)
      where s.id = j.id and s.tries = j.tries and s.status = 'running'`,
  );
}

async function run(ctx: Context, job: Job): Promise<void> {
  try {
    const item = await scorableOf(ctx, job.decision_id);
    if (!item) return await fail(ctx, job, { reason: "There is no such decision.", runId: null });
    const { evaluator_id: evaluatorId, version_id: versionId, app_id: appId, ...own } = job;
    const evaluator = { ...own, evaluatorId, versionId, appId };
    await settle(ctx, job, await scoreItem(ctx, evaluator, { ...item, askedBy: job.id }));
  } catch (error) {
    await leaveOrFail(ctx, job, error);
  }
}

/** Writes what was given, unless somebody else has taken the job; a judge's other qualities get rows of their own. */
async function settle(ctx: Context, job: Job, given: readonly ScoreGiven[]): Promise<void> {
  const own = given.find(({ quality }) => quality === job.quality) ?? nothingOf(job);
  await inTransaction(ctx, async (ctx) => {
    const isKnown = own.score !== null || own.passed !== null || own.label !== null;
    const [settled] = await rowsOf(
      ctx.db,
      sql`update scores set status = ${isKnown ? "done" : "skipped"}, score = ${own.score}::float8,
          label = ${own.label}, passed = ${own.passed}::boolean, rationale = ${own.rationale}, run_id = ${own.runId},
          cost_micros = ${own.costMicros}::bigint, latency_ms = ${own.latencyMs}::float8, lease_until = null, done_at = now()
        where id = ${job.id} and status = 'running' and tries = ${job.tries} returning id`,
    );
    if (!settled) return;
    for (const other of given) if (other !== own) await addQuality(ctx, job, other);
  });
}

// The row keeps its quality: it is what says that this decision was drawn already.
function nothingOf({ quality }: Job): ScoreGiven {
  const nothing = unknown(`Nothing could be said of the ${quality}.`);
  return { ...nothing, quality, runId: null, costMicros: null, latencyMs: null };
}

async function addQuality(ctx: Context, job: Job, given: ScoreGiven): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`insert into scores (id, org_id, evaluator_id, version_id, scored_by, decision_id, quality, status, score, label, passed,
        rationale, pi, run_id, cost_micros, latency_ms, run_at, tries, done_at)
      select ${newId("score")}, org_id, evaluator_id, version_id, scored_by, decision_id, ${given.quality}, 'done',
        ${given.score}::float8, ${given.label}, ${given.passed}::boolean, ${given.rationale}, pi, ${given.runId},
        ${given.costMicros}::bigint, ${given.latencyMs}::float8, run_at, tries, now()
      from scores where id = ${job.id}
      on conflict on constraint scores_once_unique do nothing`,
  );
}

/** Tries again what failed without an answer being paid for; everything else is over. */
async function leaveOrFail(ctx: Context, job: Job, error: unknown): Promise<void> {
  const isOurs = !(error instanceof ModelCallError || error instanceof ServiceCallError);
  if (isOurs) log.warn({ err: error, score: job.id }, "a score could not be given");
  const reason = isOurs ? "It could not be scored." : error.message;
  const runId = error instanceof ModelCallError ? error.runId : null;
  if (!isFreeToRepeat(job, error) || job.tries >= mostTries) return fail(ctx, job, { reason, runId });
  await rowsOf(
    ctx.db,
    sql`update scores set status = 'pending', error = ${reason.slice(0, 500)}, lease_until = null,
        run_at = now() + make_interval(secs => ${pauseSeconds[job.tries] ?? 300})
      where id = ${job.id} and status = 'running' and tries = ${job.tries}`,
  );
}

function isFreeToRepeat({ kind }: Job, error: unknown): boolean {
  if (error instanceof ServiceCallError) return error.retryable;
  if (error instanceof ModelCallError) return error.reason === "provider";
  return kind !== "llm_judge" && kind !== "http";
}

async function fail(
  ctx: Context,
  job: Job,
  { reason, runId }: { reason: string; runId: string | null },
): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`update scores set status = 'failed', error = ${reason.slice(0, 500)}, run_id = ${runId}, lease_until = null, done_at = now()
      where id = ${job.id} and status = 'running' and tries = ${job.tries}`,
  );
}

function logLater(error: unknown): void {
  log.warn({ err: error }, "a lease of scores could not be renewed");
}

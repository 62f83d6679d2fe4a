import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { answerFree } from "./free-candidates";
import { concurrencyOf } from "./ask-in-turn";
import { askJudges } from "./ask-judges";
import { askPrompts } from "./ask-prompts";
import { claimExperiment, holdExperiment, releaseLease, type ExperimentJob } from "./experiment-job";
import { finishExperiment } from "./finish-experiment";

/** How long one experiment has its turn before another has it. */
const turnMs = 4000;

/** How much is done at a time; left out: as much as is good for the worker. */
export type Pace = { forMs?: number; atOnce?: number };

/**
 * Goes on with one experiment that waits and answers 1; 0 when none waits. Whoever comes after a crash goes on with what
 * nobody was asked; what was being asked is given up as interrupted, because it may have been paid.
 */
export async function runExperiments(ctx: Context, pace: Pace = {}): Promise<number> {
  authorize(ctx, "system.run");
  const job = await claimExperiment(ctx);
  if (!job) return 0;
  try {
    await takeTurn(ctx, job, pace);
    await releaseLease(ctx, job);
  } catch (error) {
    await leaveOrFail(ctx, job, error);
  }
  return 1;
}

async function takeTurn(ctx: Context, job: ExperimentJob, pace: Pace): Promise<void> {
  const forMs = pace.forMs ?? turnMs;
  const atOnce = pace.atOnce ?? concurrencyOf(process.env);
  if (job.total === 0) await layOut(ctx, job);
  const isFreeDone = await answerFree(ctx, job, forMs);
  const isAsked = isFreeDone && (await askPrompts(ctx, job, { forMs, atOnce }));
  const isJudged = isAsked && (await askJudges(ctx, job, { forMs, atOnce }));
  if (isJudged) await finishExperiment(ctx, job);
  else await emit(ctx, { type: "experiment.changed", subject: job.id });
}

/** One row for every answer that is wanted. */
async function layOut(ctx: Context, job: ExperimentJob): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const ofSplit = job.split === null ? sql`true` : sql`i.split = ${job.split}`;
    await rowsOf(
      ctx.db,
      sql`insert into experiment_results (candidate_id, item_id, experiment_id, position)
        select c.id, i.id, ${job.id}, i.position from experiment_candidates c
        join dataset_items i on i.version_id = ${job.version_id} and ${ofSplit}
        where c.experiment_id = ${job.id} on conflict do nothing`,
    );
    const [row] = await rowsOf<{ total: number }>(
      ctx.db,
      sql`update experiments set total = (select count(*)::int from experiment_results where experiment_id = ${job.id})
        where id = ${job.id} returning total`,
    );
    job.total = row?.total ?? 0;
    if (job.total === 0) throw new DomainError("invalid", "The version has no items in this split");
    await emit(ctx, { type: "experiment.changed", subject: job.id });
  });
}

async function leaveOrFail(ctx: Context, job: ExperimentJob, error: unknown): Promise<void> {
  // What a rule says is for whoever asked; anything else is ours, and tried again.
  if (error instanceof DomainError) {
    await holdExperiment(ctx, job, { status: "failed", why: error.message });
    return releaseLease(ctx, job);
  }
  log.warn({ err: error, experiment: job.id }, "an experiment could not go on");
  await releaseLease(ctx, job, 5);
}

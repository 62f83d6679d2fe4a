import { setImmediate as breathe } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { LabelSource } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { mostLabels } from "../trainings";
import { gatherLabels } from "./gather-labels";
import { learn, type Learned } from "./learn";
import { storeArtifact } from "./store-artifact";
import { tellStep } from "./training-rows";

/** How long a worker may be silent before another one begins anew; a round takes seconds. */
const leaseSeconds = 120;

type Job = {
  id: string;
  app_id: string;
  type_id: string;
  sources: LabelSource[];
  baseline_artifact_id: string | null;
  until: string;
  old: boolean;
};

/**
 * Does one round of training that waits and answers 1; 0 when none waits. Nothing of it is stored before the end, in one
 * transaction, so that whoever comes after a crash begins anew and makes the same model.
 */
export async function runTrainings(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const job = await claim(ctx);
  if (!job) return 0;
  try {
    await train(ctx, job);
  } catch (error) {
    await leaveOrFail(ctx, job, error);
  }
  return 1;
}

async function claim(ctx: Context): Promise<Job | undefined> {
  const [job] = await rowsOf<Job>(
    ctx.db,
    sql`update trainings x set status = 'running', lease_until = now() + make_interval(secs => ${leaseSeconds})
      where x.id = (select id from trainings where org_id = ${ctx.orgId} and status in ('pending', 'running')
          and (lease_until is null or lease_until < now()) order by id limit 1 for update skip locked)
      returning x.id, x.app_id, x.type_id, x.sources, x.baseline_artifact_id, x.created_at::text as until,
        x.created_at < now() - interval '60 minutes' as old`,
  );
  return job;
}

async function train(ctx: Context, job: Job): Promise<void> {
  const rows = await gatherLabels(ctx, {
    appId: job.app_id,
    typeId: job.type_id,
    sources: job.sources,
    until: job.until,
    limit: mostLabels,
  });
  let told = performance.now();
  const learned = await learn(ctx, {
    rows,
    baselineId: job.baseline_artifact_id,
    progress: async (share) => {
      await breathe();
      if (performance.now() - told < 1000) return;
      told = performance.now();
      await stillHere(ctx, job, share);
    },
  });
  await keep(ctx, job, learned);
}

async function stillHere(ctx: Context, { id }: Job, share: number): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`update trainings set progress = ${share}, lease_until = now() + make_interval(secs => ${leaseSeconds})
      where id = ${id} and status = 'running'`,
  );
}

async function keep(ctx: Context, job: Job, { content, manifest, report }: Learned): Promise<void> {
  await inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const [mine] = await rowsOf(
      ctx.db,
      sql`select id from trainings where id = ${job.id} and status = 'running' for update`,
    );
    // Another worker was given it, and was done first.
    if (!mine) return;
    const { id, version } = await storeArtifact(ctx, {
      appId: job.app_id,
      typeId: job.type_id,
      status: "candidate",
      content,
      manifest,
    });
    await rowsOf(
      ctx.db,
      sql`update trainings set status = 'evaluated', artifact_id = ${id}, report = ${JSON.stringify(report)}::jsonb,
          progress = 1, finished_at = now(), lease_until = null where id = ${job.id}`,
    );
    const { learned_from, kept_apart, comparison } = report;
    await tellStep(ctx, job.id, "evaluated", { artifact: id, version, learned_from, kept_apart, comparison });
  });
}

async function leaveOrFail(ctx: Context, job: Job, error: unknown): Promise<void> {
  if (!(error instanceof DomainError))
    log.warn({ err: error, training: job.id }, "a training could not go on");
  if (!(error instanceof DomainError) && !job.old) {
    await rowsOf(
      ctx.db,
      sql`update trainings set lease_until = now() + interval '5 seconds' where id = ${job.id} and status = 'running'`,
    );
    return;
  }
  const sentence = error instanceof DomainError ? error.message : "The labels could not be read";
  await inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const [failed] = await rowsOf(
      ctx.db,
      sql`update trainings set status = 'failed', error = ${sentence.slice(0, 500)}, finished_at = now(), lease_until = null
        where id = ${job.id} and status = 'running' returning id`,
    );
    if (failed) await tellStep(ctx, job.id, "failed");
  });
}

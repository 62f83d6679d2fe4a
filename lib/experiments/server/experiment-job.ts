import { sql } from "drizzle-orm";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { rowsOf } from "@/lib/server/rows";
import type { CandidateKind, ExperimentStatus, Split } from "../vocabulary";

/** How long a worker may be silent before another one goes on. */
const leaseSeconds = 60;

export type Candidate = {
  id: string;
  kind: CandidateKind;
  name: string;
  isBaseline: boolean;
  promptVersionId: string | null;
  artifactId: string | null;
  policyVersionId: string | null;
};

/** An experiment that this worker holds. `lease` is what it holds it by: whoever finds another one there has lost it. */
export type ExperimentJob = {
  id: string;
  app_id: string;
  type_id: string;
  version_id: string;
  split: Split | null;
  cap: number | null;
  spent: number;
  total: number;
  margin: number;
  lease: string;
  candidates: Candidate[];
};

/** Takes the experiment that is least far of those that wait or whose worker went silent. */
export async function claimExperiment(ctx: Context): Promise<ExperimentJob | undefined> {
  return inTransaction(ctx, async (ctx) => {
    const [job] = await rowsOf<Omit<ExperimentJob, "candidates">>(
      ctx.db,
      sql`update experiments x set status = 'running', lease_until = now() + make_interval(secs => ${leaseSeconds})
        where x.id = (select id from experiments where org_id = ${ctx.orgId} and status in ('pending', 'running')
          and (lease_until is null or lease_until < now()) order by done, id limit 1 for update skip locked)
        returning x.id, x.app_id, x.type_id, x.dataset_version_id as version_id, x.split,
          x.cost_cap_micros::float8 as cap, x.spent_micros::float8 as spent, x.total, x.margin,
          x.lease_until::text as lease`,
    );
    if (!job) return undefined;
    job.spent += await giveUpAsked(ctx, job.id);
    return { ...job, candidates: await candidatesOf(ctx, job.id) };
  });
}

/**
 * What a worker that is gone had asked: nobody knows whether it was answered and paid, so it is never asked again by
 * itself, and counts as spent at its worst. Answers what that is.
 */
async function giveUpAsked(ctx: Context, id: string): Promise<number> {
  const set = sql`set status = 'interrupted', done_at = now()`;
  const [lost] = await rowsOf<{ reserved: number }>(
    ctx.db,
    sql`with answers as (update experiment_results ${set},
          error = 'The worker ended while the model was asked. It may have been paid.'
        where experiment_id = ${id} and status = 'running' returning reserved_micros),
      judged as (update experiment_scores ${set},
          error = 'The worker ended while the evaluator was asked. It may have been paid.'
        where experiment_id = ${id} and status = 'running' returning reserved_micros),
      lost as (select (select count(*)::int from answers) as answers, (select count(*)::int from judged) as judged,
        (select coalesce(sum(reserved_micros), 0) from (select * from answers union all select * from judged) r) as reserved)
      update experiments set done = done + lost.answers, scores_done = scores_done + lost.judged,
        spent_micros = spent_micros + lost.reserved
      from lost where id = ${id} and lost.answers + lost.judged > 0 returning lost.reserved::float8 as reserved`,
  );
  return lost?.reserved ?? 0;
}

async function candidatesOf(ctx: Context, id: string): Promise<Candidate[]> {
  return rowsOf<Candidate>(
    ctx.db,
    sql`select id, kind, name, is_baseline as "isBaseline", prompt_version_id as "promptVersionId",
        artifact_id as "artifactId", policy_version_id as "policyVersionId"
      from experiment_candidates where experiment_id = ${id} order by position`,
  );
}

/** Says that this worker is still there. False once somebody paused or cancelled it, or took it over. */
export async function renewLease(ctx: Context, job: ExperimentJob): Promise<boolean> {
  const [row] = await rowsOf<{ lease: string }>(
    ctx.db,
    sql`update experiments set lease_until = now() + make_interval(secs => ${leaseSeconds})
      where id = ${job.id} and status = 'running' and lease_until = ${job.lease}::timestamptz
      returning lease_until::text as lease`,
  );
  if (!row) return false;
  job.lease = row.lease;
  return true;
}

/** Nothing of this worker's is under way any more: whoever is least far is next. */
export async function releaseLease(ctx: Context, job: ExperimentJob, seconds?: number): Promise<void> {
  const until = seconds === undefined ? sql`null` : sql`now() + make_interval(secs => ${seconds})`;
  await rowsOf(
    ctx.db,
    sql`update experiments set lease_until = ${until} where id = ${job.id} and lease_until = ${job.lease}::timestamptz`,
  );
}

/** Stops asking and says why; what is under way is still heard. */
export async function holdExperiment(
  ctx: Context,
  job: ExperimentJob,
  { status, why }: { status: Extract<ExperimentStatus, "paused" | "failed">; why: string },
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const [held] = await rowsOf(
      ctx.db,
      sql`update experiments set status = ${status}, why = ${why.slice(0, 500)},
          finished_at = case when ${status} = 'failed' then now() end
        where id = ${job.id} and status = 'running' and lease_until = ${job.lease}::timestamptz returning id`,
    );
    if (held) await emit(ctx, { type: "experiment.changed", subject: job.id, data: { status } });
  });
}

import { eq, sql } from "drizzle-orm";
import { fineTunes } from "@/db/schema";
import { findModel } from "@/lib/models/server/model-rows";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { standingOf, type RemoteJob } from "../tuning-wire";
import { adoptTunedModel } from "./adopt-tuned-model";
import { fileForProvider } from "./file-for-provider";
import { tellTuning } from "./fine-tune-rows";
import { TuningRefused, TuningUnanswered, tuningClient, type TuningClient } from "./tuning-client";

const leaseSeconds = 180;
/** What stands in `remote_status` while the start of a job is on the wire: found there later, nobody knows whether it came. */
const starting = "starting";

type Row = typeof fineTunes.$inferSelect;
type Change = Partial<
  Pick<Row, "status" | "remoteFileId" | "remoteJobId" | "remoteStatus" | "error" | "events" | "trainedTokens">
>;

/**
 * Takes one due job a step on at its provider and answers 1; 0 when none is due. What is known of the provider is stored
 * before and after every call that starts something, so that whoever comes after a crash looks there first, and never starts
 * a second job unless a person says that there is none.
 */
export async function runFineTunes(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const job = await claim(ctx);
  if (!job) return 0;
  try {
    await step(ctx, job, tuningClient(await findModel(ctx, job.modelId)));
  } catch (error) {
    await explain(ctx, job, error);
  }
  return 1;
}

async function claim(ctx: Context): Promise<Row | undefined> {
  const [due] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`update fine_tunes x set lease_until = now() + make_interval(secs => ${leaseSeconds})
      where x.id = (select id from fine_tunes where org_id = ${ctx.orgId} and status in ('pending', 'uploading', 'running')
          and next_look_at <= now() and (lease_until is null or lease_until < now())
          order by next_look_at limit 1 for update skip locked)
      returning x.id`,
  );
  if (!due) return undefined;
  const [row] = await ctx.db.select().from(fineTunes).where(eq(fineTunes.id, due.id));
  return row;
}

async function step(ctx: Context, job: Row, provider: TuningClient): Promise<void> {
  if (job.remoteJobId !== null) return follow(ctx, job, provider, job.remoteJobId);
  if (job.remoteStatus === starting) return lookForJob(ctx, job, provider);
  if (job.cancelAskedAt !== null) return change(ctx, job, "cancelled", { status: "cancelled" });
  const file = job.remoteFileId ?? (await upload(ctx, job, provider));
  await start(ctx, job, provider, file);
}

async function upload(ctx: Context, job: Row, provider: TuningClient): Promise<string> {
  const name = `countersign-${job.id}.jsonl`;
  // A second copy would cost nothing but space; one that is there already is used all the same.
  const there = job.status === "uploading" ? await provider.findFile(name) : undefined;
  if (!there) await change(ctx, job, "uploading", { status: "uploading" });
  const { id } = there ?? (await provider.upload(name, await fileForProvider(ctx, job.exportId)));
  await change(ctx, job, "uploaded", { status: "uploading", remoteFileId: id });
  return id;
}

async function start(ctx: Context, job: Row, provider: TuningClient, file: string): Promise<void> {
  await change(ctx, job, "starting", { status: "uploading", remoteStatus: starting });
  const [files] = await rowsOf<{ format: string }>(
    ctx.db,
    sql`select format from learning_exports where id = ${job.exportId}`,
  );
  const epochs = job.settings.epochs;
  const hyperparameters = typeof epochs === "number" ? { n_epochs: epochs } : {};
  const type = files?.format === "openai_dpo" ? "dpo" : "supervised";
  const made = await provider.createJob({
    training_file: file,
    model: job.baseModel,
    suffix: suffixOf(job),
    metadata: { countersign: job.id },
    method: { type, [type]: { hyperparameters } },
  });
  await change(ctx, job, "started", { status: "running", remoteJobId: made.id, remoteStatus: made.status });
}

/** The start was never answered: the provider's list says whether it came. */
async function lookForJob(ctx: Context, job: Row, provider: TuningClient): Promise<void> {
  const found = await provider.findJob(
    ({ metadata, training_file: file }) =>
      metadata?.countersign === job.id || (file != null && file === job.remoteFileId),
  );
  if (found)
    return change(ctx, job, "started", {
      status: "running",
      remoteJobId: found.id,
      remoteStatus: found.status,
    });
  await change(ctx, job, "unknown", {
    status: "unknown",
    error:
      "Nobody knows whether the provider started this job: it never answered, and lists none. Look there, then say.",
  });
}

async function follow(ctx: Context, job: Row, provider: TuningClient, remoteJobId: string): Promise<void> {
  const remote = await latest(job, provider, remoteJobId);
  const standing = standingOf(remote);
  const { data } = await provider.events(remoteJobId);
  const known: Change = {
    remoteStatus: remote.status,
    trainedTokens: remote.trained_tokens ?? null,
    events: data.map(({ created_at: at, message }) => ({
      at: at == null ? null : new Date(at * 1000).toISOString(),
      message: message.slice(0, 500),
    })),
  };
  if (standing === "running") return change(ctx, job, "followed", { ...known, status: "running" });
  if (standing === "succeeded" && remote.fine_tuned_model)
    return adoptTunedModel(ctx, job, { model: remote.fine_tuned_model, known });
  const error =
    remote.error?.message ?? (standing === "cancelled" ? null : "The provider ended it without a model");
  await change(ctx, job, standing === "cancelled" ? "cancelled" : "failed", {
    ...known,
    status: standing === "cancelled" ? "cancelled" : "failed",
    error: error?.slice(0, 500) ?? null,
  });
}

async function latest(job: Row, provider: TuningClient, id: string): Promise<RemoteJob> {
  const remote = await provider.getJob(id);
  if (job.cancelAskedAt === null || standingOf(remote) !== "running") return remote;
  try {
    return await provider.cancelJob(id);
  } catch (error) {
    // It ended in between: how, it says itself.
    if (error instanceof TuningRefused) return provider.getJob(id);
    throw error;
  }
}

async function explain(ctx: Context, job: Row, error: unknown): Promise<void> {
  // Too many requests: this one did nothing, and it is tried again from where the job stood before it.
  if (error instanceof TuningRefused && error.status === 429)
    return change(ctx, job, "waited", { remoteStatus: job.remoteStatus });
  if (error instanceof TuningRefused && !isFollowedOn(job, error)) {
    const sentence = `The provider refused: ${error.message}`;
    // While a start is looked for, a refusal says nothing of whether it came.
    const status = job.remoteJobId === null && job.remoteStatus === starting ? "unknown" : "failed";
    return change(ctx, job, status, { status, error: sentence });
  }
  if (!(error instanceof TuningUnanswered || error instanceof TuningRefused))
    log.warn({ err: error, fineTune: job.id }, "a fine-tune could not go on");
  await lookAgain(ctx, job, sentenceOf(error));
}

/** A key that is refused may be mended while the job runs on at the provider; a job that is gone is gone. */
function isFollowedOn({ remoteJobId }: Row, { status }: TuningRefused): boolean {
  return remoteJobId !== null && status !== 404;
}

function sentenceOf(error: unknown): string | null {
  if (error instanceof TuningUnanswered) return `The provider did not answer: ${error.message}`;
  return error instanceof TuningRefused ? `The provider refused: ${error.message}` : null;
}

async function lookAgain(ctx: Context, job: Row, error: string | null): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`update fine_tunes set lease_until = null, next_look_at = now() + ${waitOf(job)},
        error = ${error?.slice(0, 500) ?? null}
      where id = ${job.id} and status in ('pending', 'uploading', 'running')`,
  );
}

/** Younger jobs are looked at more often: 2 seconds at first, a minute at most. */
function waitOf({ createdAt }: Row) {
  const age = (Date.now() - createdAt.getTime()) / 1000;
  return sql`make_interval(secs => ${Math.min(60, Math.max(2, age / 20))})`;
}

const over = new Set(["cancelled", "failed", "unknown"]);

async function change(ctx: Context, job: Row, told: string, to: Change): Promise<void> {
  await inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const isOver = to.status !== undefined && over.has(to.status);
    const changed = await ctx.db
      .update(fineTunes)
      .set({
        error: null,
        ...to,
        nextLookAt: sql`now() + ${waitOf(job)}`,
        leaseUntil:
          isOver || told === "followed" || told === "started"
            ? null
            : sql`now() + make_interval(secs => ${leaseSeconds})`,
        finishedAt: isOver && to.status !== "unknown" ? sql`now()` : null,
      })
      .where(sql`id = ${job.id} and status in ('pending', 'uploading', 'running')`)
      .returning({ id: fineTunes.id });
    if (changed.length > 0 && told !== "followed" && told !== "waited")
      await tellTuning(ctx, job.id, told, { status: to.status });
  });
}

/** At most 18 characters of letters, digits and dashes: the end of the id, which tells jobs apart. */
function suffixOf({ id }: Row): string {
  return `cs-${id.slice(-12)}`;
}

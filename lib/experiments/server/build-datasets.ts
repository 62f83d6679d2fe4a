import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { log } from "@/lib/server/log";
import { recordset } from "@/lib/server/recordset";
import { rowsOf } from "@/lib/server/rows";
import { mostItems } from "../datasets";
import type { DatasetPurpose } from "../vocabulary";
import { insertItems } from "./dataset-items";
import type { StoredSource } from "./dataset-rows";
import { countDecisions, readDecisions, type Scope } from "./gather-decisions";
import { splitsOf } from "./split-items";

/** How long a worker may be silent before another one goes on. */
const leaseSeconds = 60;
const turnMs = 1500;
const rowsAPart = 500;
const splitsAtOnce = 5000;

type Job = {
  id: string;
  dataset_id: string;
  version: number;
  app_id: string;
  type_id: string;
  purpose: DatasetPurpose;
  source: StoredSource;
  items: number;
  total: number | null;
};

/** How much is done at a time; left out: as much as is good for the worker. */
export type Pace = { rowsAPart?: number; partsATurn?: number };

/**
 * Goes on with one dataset version that is being built and answers 1; 0 when none is. Each part of decisions moves the
 * count on by compare-and-set, so that nothing is in it twice, and whoever comes after a crash goes on from the last
 * part. The same decisions under the same seed make the same hash.
 */
export async function buildDatasets(ctx: Context, pace: Pace = {}): Promise<number> {
  authorize(ctx, "system.run");
  const job = await claim(ctx);
  if (!job) return 0;
  try {
    const isWhole = job.source.kind === "import" || (await gather(ctx, job, pace));
    if (isWhole) await finish(ctx, job);
    else await leave(ctx, job, null);
  } catch (error) {
    await leaveOrFail(ctx, job, error);
  }
  return 1;
}

// What has fewest items goes first: a small one never waits for a large one.
async function claim(ctx: Context): Promise<Job | undefined> {
  const [job] = await rowsOf<Job>(
    ctx.db,
    sql`update dataset_versions v set lease_until = now() + make_interval(secs => ${leaseSeconds})
      from datasets d
      where d.id = v.dataset_id and v.id = (select id from dataset_versions where org_id = ${ctx.orgId}
        and status = 'building' and (lease_until is null or lease_until < now()) order by items, id limit 1
        for update skip locked)
      returning v.id, v.dataset_id, v.version, v.source, v.items, v.total, d.app_id, d.type_id, d.purpose`,
  );
  return job;
}

/** True once every decision is in it. */
async function gather(ctx: Context, job: Job, pace: Pace): Promise<boolean> {
  const scope: Scope = { appId: job.app_id, typeId: job.type_id, purpose: job.purpose, source: job.source };
  await countFirst(ctx, job, scope);
  const endsAt = performance.now() + turnMs;
  const limit = pace.rowsAPart ?? rowsAPart;
  let parts = 0;
  let after = await lastDecision(ctx, job);
  do {
    const found = await readDecisions(ctx, scope, { after, limit });
    const isKept = await inTransaction(ctx, async (ctx) => {
      const [moved] = await rowsOf(
        ctx.db,
        sql`update dataset_versions set items = items + ${found.length}::int,
            lease_until = now() + make_interval(secs => ${leaseSeconds})
          where id = ${job.id} and status = 'building' and items = ${job.items} returning id`,
      );
      if (!moved) return false;
      await insertItems(ctx, job.id, job.items, found);
      await emit(ctx, { type: "dataset.changed", subject: job.dataset_id });
      return true;
    });
    if (!isKept) return false;
    job.items += found.length;
    if (job.items > mostItems) throw tooMany();
    if (found.length < limit) return true;
    after = found.at(-1)?.decisionId ?? null;
    parts += 1;
  } while (performance.now() < endsAt && parts < (pace.partsATurn ?? Infinity));
  return false;
}

async function countFirst(ctx: Context, job: Job, scope: Scope): Promise<void> {
  if (job.total !== null) return;
  const [total, leftOut] = await countDecisions(ctx, scope, mostItems + 1);
  if (total > mostItems) throw tooMany();
  if (total === 0) throw new DomainError("invalid", "No decision with a known truth fits");
  await rowsOf(
    ctx.db,
    sql`update dataset_versions set total = ${total}, left_out = ${leftOut} where id = ${job.id} and status = 'building'`,
  );
}

async function lastDecision(ctx: Context, job: Job): Promise<string | null> {
  const [last] = await rowsOf<{ decision_id: string | null }>(
    ctx.db,
    sql`select decision_id from dataset_items where version_id = ${job.id} order by position desc limit 1`,
  );
  return last?.decision_id ?? null;
}

/** Gives every item its split and closes the version; done again from the start after a crash, to the same end. */
async function finish(ctx: Context, job: Job): Promise<void> {
  const items = await rowsOf<{ id: string; subject: string; textHash: string | null; sha256: string }>(
    ctx.db,
    sql`select id, subject, text_hash as "textHash", sha256 from dataset_items where version_id = ${job.id} order by position`,
  );
  const splits = splitsOf(items, job.source.split, job.source.seed);
  const hash = createHash("sha256");
  const moved: { id: string; split: string }[] = [];
  for (const [index, { id, sha256 }] of items.entries()) {
    const split = splits[index] ?? "test";
    hash.update(`${split} ${sha256}\n`);
    if (split !== "train") moved.push({ id, split });
  }
  for (let from = 0; from < moved.length; from += splitsAtOnce) {
    const rows = recordset({ id: "text", split: "text" }, moved.slice(from, from + splitsAtOnce));
    await rowsOf(ctx.db, sql`update dataset_items i set split = r.split from ${rows} as r where i.id = r.id`);
  }
  await end(ctx, job, { status: "ready", sha256: hash.digest("hex"), error: null });
}

type End = { status: "ready" | "failed"; sha256: string | null; error: string | null };

async function end(ctx: Context, job: Job, { status, sha256, error }: End): Promise<void> {
  await inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const [ended] = await rowsOf(
      ctx.db,
      sql`update dataset_versions set status = ${status}, sha256 = ${sha256}, error = ${error}, lease_until = null,
          total = case when ${status} = 'ready' then items else total end,
          ready_at = case when ${status} = 'ready' then now() end
        where id = ${job.id} and status = 'building' returning id`,
    );
    if (!ended) return;
    await emit(ctx, { type: "dataset.changed", subject: job.dataset_id });
    await record(ctx, `dataset.version_${status}`, job.id, {
      version: job.version,
      items: job.items,
      sha256,
      error,
    });
  });
}

async function leaveOrFail(ctx: Context, job: Job, error: unknown): Promise<void> {
  // What a rule says is for whoever asked; anything else is ours, and tried again.
  if (error instanceof DomainError)
    return end(ctx, job, { status: "failed", sha256: null, error: error.message });
  log.warn({ err: error, version: job.id }, "a dataset version could not go on");
  await leave(ctx, job, 5);
}

async function leave(ctx: Context, job: Job, seconds: number | null): Promise<void> {
  const until = seconds === null ? sql`null` : sql`now() + make_interval(secs => ${seconds})`;
  await rowsOf(
    ctx.db,
    sql`update dataset_versions set lease_until = ${until} where id = ${job.id} and status = 'building'`,
  );
}

function tooMany(): DomainError {
  const most = mostItems.toLocaleString("en");
  return new DomainError(
    "too_large",
    `More than ${most} decisions fit. Narrow the filter, by day for example.`,
  );
}

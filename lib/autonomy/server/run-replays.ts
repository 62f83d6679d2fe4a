import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { asItWas } from "../replay";
import { resultOf } from "../replay-result";
import { addPast, newSums } from "../replay-sums";
import { draftRouter, typesOfApp, type DraftRouter } from "./draft-router";
import { endReplay } from "./end-replay";
import { measurePeriod, readPast, type Cursor, type PastRow, type Scope } from "./read-past";
import type { ReplayJob, ReplayState } from "./job-of-replay";

/** How long a worker may be silent before another one goes on. */
const leaseSeconds = 60;
/** Parts of one replay before another has its turn, as long as they take. */
const turnMs = 1500;
/** A replay that cannot go on is tried again, for so long. */
const givenUpAfterMinutes = 60;
const rowsAPart = { without: 5000, with: { first: 200, least: 10, most: 2000 } };
const bytesAPart = { few: 2_000_000, many: 16_000_000 };

/** How much is done at a time; left out: as much as is good for the worker. */
export type Pace = { rowsAPart?: number; partsATurn?: number };

/**
 * Goes through some parts of one replay that waits and answers 1; 0 when none waits. Many workers may do it: each part
 * stores its sums and moves the cursor on together, by compare-and-set, so that no decision counts twice, and whoever
 * comes after a crash goes on from the last part. What it remembers does not grow with the decisions.
 */
export async function runReplays(ctx: Context, pace: Pace = {}): Promise<number> {
  authorize(ctx, "system.run");
  const job = await claim(ctx);
  if (!job) return 0;
  try {
    await takeTurn(ctx, job, pace);
  } catch (error) {
    await leaveOrFail(ctx, job, error);
  }
  return 1;
}

// What is least far goes first: a short replay never waits for a long one.
async function claim(ctx: Context): Promise<ReplayJob | undefined> {
  const [job] = await rowsOf<ReplayJob>(
    ctx.db,
    sql`update replays x set status = 'running', lease_until = now() + make_interval(secs => ${leaseSeconds})
      where x.id = (select id from replays where org_id = ${ctx.orgId} and status in ('pending', 'running')
          and (lease_until is null or lease_until < now()) order by done, id limit 1 for update skip locked)
      returning x.id, x.app_id, x.spec, x.cursor, x.done, x.total, x.state,
        x.created_at < now() - make_interval(mins => ${givenUpAfterMinutes}) as old`,
  );
  return job;
}

async function takeTurn(ctx: Context, job: ReplayJob, pace: Pace): Promise<void> {
  const types = await typesOfApp(ctx, job.app_id);
  const route = await draftRouter(ctx, job.spec, types);
  const state = job.state ?? (await begin(ctx, job));
  const seed = seedOf(job);
  const scope: Scope = { ...scopeOf(job), from: state.from };
  const content = job.spec.draft.kind === "policy" ? "with" : "without";
  let limit = pace.rowsAPart ?? (content === "with" ? rowsAPart.with.first : rowsAPart.without);
  let parts = 0;
  const endsAt = performance.now() + turnMs;
  do {
    const rows = await readPast(ctx, scope, { after: cursorOf(job), limit, content });
    for (const past of rows) addRow(state, past, route, seed);
    const last = rows.at(-1);
    if (!last || rows.length < limit) {
      job.done += rows.length;
      await endReplay(ctx, job, {
        kind: "done",
        sums: state.sums,
        result: resultOf(state.sums, types, spanOf(state, job)),
      });
      return;
    }
    if (!(await keep(ctx, job, state, { last, count: rows.length }))) return;
    if (content === "with" && pace.rowsAPart === undefined) limit = nextLimit(limit, rows);
    parts += 1;
  } while (performance.now() < endsAt && parts < (pace.partsATurn ?? Infinity));
  // Its turn is over: whoever is least far is next.
  await rowsOf(
    ctx.db,
    sql`update replays set lease_until = null where id = ${job.id} and status = 'running'`,
  );
}

/** What is replayed, without who asked and when. */
function seedOf({ app_id, spec: { type_id, thresholds, version_id, digest } }: ReplayJob): string {
  return JSON.stringify([app_id, type_id, thresholds ?? null, version_id ?? null, digest ?? null]);
}

const scopeOf = ({ app_id, spec }: ReplayJob) => ({ appId: app_id, typeId: spec.type_id, until: spec.until });

async function begin(ctx: Context, job: ReplayJob): Promise<ReplayState> {
  const { from, total } = await measurePeriod(ctx, scopeOf(job), job.spec.period);
  job.total = total;
  await rowsOf(ctx.db, sql`update replays set total = ${total} where id = ${job.id} and status = 'running'`);
  return { from, first: null, last: null, sums: newSums() };
}

function addRow(state: ReplayState, past: PastRow, route: DraftRouter, seed: string): void {
  state.first ??= past.created;
  state.last = past.created;
  const would = route(past);
  if (!would) state.sums.unanswered += 1;
  addPast(state.sums, past, would ?? asItWas(past), seed);
}

/** The first decision to the end of what was asked for; a day at least, so that no week is made of an hour. */
function spanOf({ first, last }: ReplayState, { spec }: ReplayJob) {
  const days = first === null ? 0 : (Date.parse(isoOf(spec.until)) - Date.parse(isoOf(first))) / 86_400_000;
  return {
    from: first === null ? null : new Date(isoOf(first)).toISOString(),
    to: last === null ? null : new Date(isoOf(last)).toISOString(),
    weeks: Math.max(1, days) / 7,
  };
}

/** The database's `2026-11-22 21:00:00.123456+00` as every engine reads it. */
function isoOf(stamp: string): string {
  return stamp.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00");
}

function cursorOf({ cursor }: ReplayJob): Cursor | null {
  const [created, id] = cursor?.split("|") ?? [];
  return created === undefined || id === undefined ? null : { created, id };
}

/** Stores the sums and where they end, unless somebody else did or it was cancelled. */
async function keep(
  ctx: Context,
  job: ReplayJob,
  state: ReplayState,
  part: { last: PastRow; count: number },
): Promise<boolean> {
  const cursor = `${part.last.created}|${part.last.id}`;
  const [moved] = await rowsOf<{ done: number }>(
    ctx.db,
    sql`update replays set cursor = ${cursor}, done = done + ${part.count}::int, state = ${JSON.stringify(state)}::jsonb,
        lease_until = now() + make_interval(secs => ${leaseSeconds}), error = null
      where id = ${job.id} and status = 'running' and done = ${job.done} and cursor is not distinct from ${job.cursor}
      returning done`,
  );
  if (!moved) return false;
  job.cursor = cursor;
  job.done = moved.done;
  return true;
}

function nextLimit(limit: number, rows: readonly PastRow[]): number {
  const bytes = rows.reduce((sum, row) => sum + (row.bytes ?? 0), 0);
  if (bytes < bytesAPart.few) return Math.min(limit * 2, rowsAPart.with.most);
  return bytes > bytesAPart.many ? Math.max(Math.floor(limit / 4), rowsAPart.with.least) : limit;
}

async function leaveOrFail(ctx: Context, job: ReplayJob, error: unknown): Promise<void> {
  const isFinal = error instanceof DomainError || job.old;
  // What a rule says is for whoever asked; anything else is ours.
  if (!(error instanceof DomainError)) log.warn({ err: error, replay: job.id }, "a replay could not go on");
  if (isFinal) {
    const sentence = error instanceof DomainError ? error.message : "The decisions could not be read";
    await endReplay(ctx, job, { kind: "failed", sentence });
    return;
  }
  // Tried again when this short lease is over.
  await rowsOf(
    ctx.db,
    sql`update replays set lease_until = now() + interval '5 seconds' where id = ${job.id} and status = 'running'`,
  );
}

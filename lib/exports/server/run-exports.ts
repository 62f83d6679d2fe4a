import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { keptDays, mostRows } from "../contract";
import type { ExportFormat, ExportKind } from "../schema";
import { exporterOf } from "./exporter";
import { textSources, type Text } from "./sources";

/** How long a worker may be silent before another one goes on. */
const leaseSeconds = 60;
/** Parts written before another export has its turn. */
const partsATurn = 8;
/** A list that cannot be read is tried again, for so long. */
const givenUpAfterMinutes = 60;
const partBytes = { few: 500_000, many: 2_000_000 };
const rowsAPart = { first: 200, least: 10, most: 2000 };

type Job = {
  id: string;
  kind: ExportKind;
  format: ExportFormat;
  filter: JsonObject;
  cursor: string | null;
  rows: number;
  total: number | null;
  parts: number;
  created_by: string;
  until: string;
  old: boolean;
};

/**
 * Writes some parts of one export that waits, as the person who asked for it, and answers 1; 0 when none waits. Many
 * workers may do it: each part moves the cursor on by compare-and-set, so that nobody writes one twice, and whoever
 * comes after a crash goes on from the last one.
 */
export async function runExports(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const job = await claim(ctx);
  if (!job) return 0;
  try {
    const exporter = await exporterOf(ctx, job.created_by);
    await countFirst(ctx, exporter, job);
    await writeParts(ctx, exporter, job);
  } catch (error) {
    await leaveOrFail(ctx, job, error);
  }
  return 1;
}

// What has fewest rows goes first: a short list never waits for a long one.
async function claim(ctx: Context): Promise<Job | undefined> {
  const [job] = await rowsOf<Job>(
    ctx.db,
    sql`update exports x set status = 'running', lease_until = now() + make_interval(secs => ${leaseSeconds})
      where x.id = (select id from exports where org_id = ${ctx.orgId} and status in ('pending', 'running')
          and (lease_until is null or lease_until < now()) order by rows, id limit 1 for update skip locked)
      returning x.id, x.kind, x.format, x.filter, x.cursor, x.rows, x.total, x.created_by, x.created_at::text as until,
        (select count(*)::int from export_parts p where p.export_id = x.id) as parts,
        x.created_at < now() - make_interval(mins => ${givenUpAfterMinutes}) as old`,
  );
  return job;
}

async function countFirst(ctx: Context, exporter: Context, job: Job): Promise<void> {
  if (job.parts > 0 || job.total !== null) return;
  job.total = await textSources[job.kind].count(exporter, job);
  if (job.total !== null && job.total > mostRows) throw tooMany();
  await rowsOf(
    ctx.db,
    sql`update exports set total = ${job.total} where id = ${job.id} and status = 'running'`,
  );
}

async function writeParts(ctx: Context, exporter: Context, job: Job): Promise<void> {
  const source = textSources[job.kind];
  let limit = rowsAPart.first;
  for (let turn = 0; turn < partsATurn; turn++) {
    const slice = { filter: job.filter, until: job.until, after: job.cursor, limit };
    const read = await source.read(exporter, job.format, slice);
    const isLast = read.next === null;
    const content = Buffer.from(job.parts === 0 ? source.head(job.format) + read.text : read.text);
    if (!(await keep(ctx, job, { read, content }))) return;
    if (isLast) return;
    if (job.rows > mostRows) throw tooMany();
    if (content.length < partBytes.few) limit = Math.min(limit * 2, rowsAPart.most);
    if (content.length > partBytes.many) limit = Math.max(Math.floor(limit / 4), rowsAPart.least);
  }
  // Its turn is over: whoever has written least is next.
  await rowsOf(
    ctx.db,
    sql`update exports set lease_until = null where id = ${job.id} and status = 'running'`,
  );
}

type Part = { read: Text; content: Buffer };

/** Stores a part and moves on, unless somebody else did or it was cancelled; the last one closes the file. */
async function keep(ctx: Context, job: Job, { read, content }: Part): Promise<boolean> {
  const isLast = read.next === null;
  return inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const [moved] = await rowsOf<{ rows: number; size: number }>(
      ctx.db,
      sql`with moved as (
          update exports set cursor = coalesce(${read.next}, cursor), rows = rows + ${read.rows}::int,
            size = size + ${content.length}::int, status = ${isLast ? "done" : "running"},
            lease_until = ${isLast ? sql`null` : sql`now() + make_interval(secs => ${leaseSeconds})`},
            finished_at = ${isLast ? sql`now()` : sql`null`},
            expires_at = ${isLast ? sql`now() + make_interval(days => ${keptDays})` : sql`null`}, error = null
          where id = ${job.id} and status = 'running' and cursor is not distinct from ${job.cursor}
            and rows = ${job.rows}
          returning id, rows, size),
        kept as (insert into export_parts (export_id, part, content)
          select id, ${job.parts}::int, ${content}::bytea from moved where ${content.length}::int > 0)
        select rows, size from moved`,
    );
    if (!moved) return false;
    job.cursor = read.next ?? job.cursor;
    job.rows = moved.rows;
    job.parts += 1;
    if (isLast) await tellEnd(ctx, job, { status: "done", rows: moved.rows, size: Number(moved.size) });
    return true;
  });
}

async function leaveOrFail(ctx: Context, job: Job, error: unknown): Promise<void> {
  const isFinal = error instanceof DomainError || job.old;
  // What a rule says is the exporter's to read; anything else is ours.
  if (!(error instanceof DomainError)) log.warn({ err: error, export: job.id }, "an export could not go on");
  if (!isFinal) {
    // Tried again when this short lease is over.
    await rowsOf(
      ctx.db,
      sql`update exports set lease_until = now() + interval '5 seconds' where id = ${job.id} and status = 'running'`,
    );
    return;
  }
  const sentence = error instanceof DomainError ? error.message : "The list could not be read";
  await inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const [failed] = await rowsOf(
      ctx.db,
      sql`update exports set status = 'failed', error = ${sentence.slice(0, 500)}, finished_at = now(), lease_until = null,
          expires_at = now() + make_interval(days => ${keptDays}), size = 0
        where id = ${job.id} and status = 'running' returning id`,
    );
    if (!failed) return;
    await rowsOf(ctx.db, sql`delete from export_parts where export_id = ${job.id}`);
    await tellEnd(ctx, job, { status: "failed", rows: job.rows, size: 0 });
  });
}

type End = { status: "done" | "failed"; rows: number; size: number };

async function tellEnd(ctx: Context, { id, kind, format }: Job, end: End): Promise<void> {
  await emit(ctx, { type: "export.finished", subject: id, data: { kind, format, ...end } });
  await record(ctx, "export.finished", id, { kind, format, ...end });
}

function tooMany(): DomainError {
  const most = mostRows.toLocaleString("en");
  return new DomainError("too_large", `More than ${most} rows fit. Narrow the filter, by day for example.`);
}

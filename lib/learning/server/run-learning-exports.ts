import { setImmediate as breathe } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { exporterOf } from "@/lib/exports/server/exporter";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { keptDays, mostLessons, type LearningFile, type LearningFilter } from "../exports";
import { lineOf } from "../lines";
import type { LearningFormat } from "../vocabulary";
import { manifestOf } from "./learning-manifest";
import { addLine, newSums, type Sums } from "./learning-sums";
import { readLessons, sidesOf, type LessonRow, type LessonScope } from "./lesson-rows";
import { lessonMaker, type LessonMaker } from "./lessons-of";

const leaseSeconds = 60;
const rowsAPart = 200;

export type LearningJob = {
  id: string;
  app_id: string;
  type_id: string;
  format: LearningFormat;
  filter: LearningFilter;
  cursor: string | null;
  rows: number;
  /** Sums so far, kept with each part. */
  manifest: Sums | null;
  created_by: string;
  until: string;
  old: boolean;
};

type Work = { sides: Map<string, LearningFile>; make: LessonMaker; scope: LessonScope };

/**
 * Writes one export of training files that waits, as the person who asked for it, and answers 1; 0 when none waits. Each part
 * moves the cursor on by compare-and-set together with its sums, so that nobody writes one twice, and whoever comes after a
 * crash goes on from the last one. `parts`: how many at most (tests).
 */
export async function runLearningExports(ctx: Context, { parts = Infinity } = {}): Promise<number> {
  authorize(ctx, "system.run");
  const job = await claim(ctx);
  if (!job) return 0;
  try {
    const exporter = await exporterOf(ctx, job.created_by);
    authorize(exporter, "learning.export");
    await write(ctx, job, parts);
  } catch (error) {
    await leaveOrFail(ctx, job, error);
  }
  return 1;
}

async function claim(ctx: Context): Promise<LearningJob | undefined> {
  const [job] = await rowsOf<LearningJob>(
    ctx.db,
    sql`update learning_exports x set status = 'running', lease_until = now() + make_interval(secs => ${leaseSeconds})
      where x.id = (select id from learning_exports where org_id = ${ctx.orgId} and status in ('pending', 'running')
          and (lease_until is null or lease_until < now()) order by rows, id limit 1 for update skip locked)
      returning x.id, x.app_id, x.type_id, x.format, x.filter, x.cursor, x.rows, x.manifest, x.created_by,
        x.created_at::text as until, x.created_at < now() - interval '60 minutes' as old`,
  );
  return job;
}

async function write(ctx: Context, job: LearningJob, parts: number): Promise<void> {
  const scope = { appId: job.app_id, typeId: job.type_id, filter: job.filter, until: job.until };
  const sides = await sidesOf(ctx, scope);
  if (!sides)
    throw new DomainError(
      "too_large",
      `More than ${mostLessons.toLocaleString("en")} decisions fit. Narrow the time.`,
    );
  await rowsOf(
    ctx.db,
    sql`update learning_exports set total = ${sides.size}, lease_until = now() + make_interval(secs => ${leaseSeconds})
      where id = ${job.id} and status = 'running'`,
  );
  const work: Work = { sides, scope, make: await lessonMaker(ctx, job.id, scope) };
  for (let written = 0; written < parts; written++) {
    await breathe();
    const rows = await readLessons(ctx, scope, { after: job.cursor ?? "", limit: rowsAPart });
    if (!(await keep(ctx, job, linesOf(job, work, rows)))) return;
    if (rows.length < rowsAPart) return finish(ctx, job);
  }
  await rowsOf(
    ctx.db,
    sql`update learning_exports set lease_until = null where id = ${job.id} and status = 'running'`,
  );
}

type Part = { sums: Sums; files: Record<LearningFile, string>; count: number; last: string | null };

function linesOf(job: LearningJob, { sides, make }: Work, rows: readonly LessonRow[]): Part {
  const sums = structuredClone(job.manifest ?? newSums());
  const files = { train: "", test: "" };
  for (const row of rows) {
    const file = sides.get(row.id);
    // Labelled anew since the sides were drawn: it is in the next export.
    if (!file) continue;
    const made = make(row);
    const line = made && lineOf(job.format, made.lesson);
    if (made && line) files[file] += `${JSON.stringify(line)}\n`;
    addLine(sums, {
      file,
      lesson: made?.lesson ?? null,
      masked: made?.masked ?? 0,
      isWritten: line !== null,
    });
  }
  return { sums, files, count: rows.length, last: rows.at(-1)?.id ?? null };
}

async function keep(ctx: Context, job: LearningJob, part: Part): Promise<boolean> {
  const contents = Object.entries(part.files).map(([file, text]) => ({ file, content: Buffer.from(text) }));
  const size = contents.reduce((sum, { content }) => sum + content.length, 0);
  return inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const [moved] = await rowsOf(
      ctx.db,
      sql`update learning_exports set cursor = coalesce(${part.last}, cursor), rows = rows + ${part.count}::int,
          size = size + ${size}::int, manifest = ${JSON.stringify(part.sums)}::jsonb,
          lease_until = now() + make_interval(secs => ${leaseSeconds})
        where id = ${job.id} and status = 'running' and cursor is not distinct from ${job.cursor} and rows = ${job.rows}
        returning id`,
    );
    if (!moved) return false;
    for (const { file, content } of contents) {
      if (content.length === 0) continue;
      await rowsOf(
        ctx.db,
        sql`insert into learning_export_parts (export_id, file, part, content)
          values (${job.id}, ${file}, ${job.rows}::int, ${content}::bytea)`,
      );
    }
    job.cursor = part.last ?? job.cursor;
    job.rows += part.count;
    job.manifest = part.sums;
    return true;
  });
}

async function finish(ctx: Context, job: LearningJob): Promise<void> {
  const manifest = await manifestOf(ctx, job);
  await inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const [done] = await rowsOf(
      ctx.db,
      sql`update learning_exports set status = 'done', manifest = ${JSON.stringify(manifest)}::jsonb, finished_at = now(),
          lease_until = null, error = null, expires_at = now() + make_interval(days => ${keptDays})
        where id = ${job.id} and status = 'running' returning id`,
    );
    if (!done) return;
    await emit(ctx, { type: "learning_export.changed", subject: job.id, data: { status: "done" } });
    await record(ctx, "learning_export.finished", job.id, { rows: job.rows, files: manifest.files });
  });
}

async function leaveOrFail(ctx: Context, job: LearningJob, error: unknown): Promise<void> {
  if (!(error instanceof DomainError))
    log.warn({ err: error, export: job.id }, "training files could not be written on");
  if (!(error instanceof DomainError) && !job.old) {
    await rowsOf(
      ctx.db,
      sql`update learning_exports set lease_until = now() + interval '5 seconds' where id = ${job.id} and status = 'running'`,
    );
    return;
  }
  const sentence = error instanceof DomainError ? error.message : "The decisions could not be read";
  await inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const [failed] = await rowsOf(
      ctx.db,
      sql`update learning_exports set status = 'failed', error = ${sentence.slice(0, 500)}, finished_at = now(),
          lease_until = null, size = 0, expires_at = now() + make_interval(days => ${keptDays})
        where id = ${job.id} and status = 'running' returning id`,
    );
    if (!failed) return;
    await rowsOf(ctx.db, sql`delete from learning_export_parts where export_id = ${job.id}`);
    await emit(ctx, { type: "learning_export.changed", subject: job.id, data: { status: "failed" } });
    await record(ctx, "learning_export.finished", job.id, { status: "failed" });
  });
}

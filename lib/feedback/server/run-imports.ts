import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { log } from "@/lib/server/log";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ImportStatus } from "../imports";
import { tallySql } from "./import-rows-sql";
import { importerOf } from "./importer-of";
import type { ImportOf } from "./matched-row";
import { recordImportRows, type WaitingRow } from "./record-import-rows";

/** How long a worker may be silent before another one goes on. */
const leaseSeconds = 60;
const rowsAChunk = 500;
/** Chunks before another import has its turn. */
const chunksATurn = 4;
/** Pauses between looks for late decisions grow with the import's age, within these bounds, seconds. */
const look = { shortest: 5, longest: 600 };

type Job = ImportOf & { cursor: number; created_by: string };

/**
 * Records some rows of one import, as whoever sent it, and answers 1; 0 when none waits. Many workers may do it: each
 * chunk moves the cursor on by compare-and-set in the transaction that records it, so whoever comes after a crash goes
 * on from the last one and nothing is recorded twice.
 */
export async function runImports(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  await failBrokenUploads(ctx);
  const job = await claim(ctx);
  if (!job) return 0;
  try {
    await work(ctx, job);
  } catch (error) {
    await leaveOrFail(ctx, job, error);
  }
  return 1;
}

// What has fewest rows goes first: a short file never waits for a long one.
async function claim(ctx: Context): Promise<Job | undefined> {
  const [job] = await rowsOf<Job>(
    ctx.db,
    sql`update feedback_imports i set status = case when status = 'waiting' then 'waiting' else 'running' end,
        lease_until = now() + make_interval(secs => ${leaseSeconds})
      where i.id = (select id from feedback_imports where org_id = ${ctx.orgId}
          and status in ('pending', 'running', 'waiting') and (lease_until is null or lease_until < now())
          order by status = 'waiting', rows, id limit 1 for update skip locked)
      returning i.id, i.kind, i.app_id, i.sha256, i.cursor, i.created_by`,
  );
  return job;
}

async function work(ctx: Context, job: Job): Promise<void> {
  for (let chunk = 0; chunk < chunksATurn; chunk++) {
    const importer = await importerOf(ctx, job.created_by);
    const rows = await nextRows(ctx, job);
    const last = rows.at(-1);
    if (!last) return endRound(ctx, job);
    const moved = await inTransaction({ ...importer, now: new Date() }, async (ctx) => {
      if (!(await moveOn(ctx, job, last.line))) return false;
      await recordImportRows(ctx, job, rows);
      return true;
    });
    if (!moved) return;
    job.cursor = last.line;
  }
  // Its turn is over: whoever has fewest rows is next.
  await rowsOf(
    ctx.db,
    sql`update feedback_imports set lease_until = null
      where id = ${job.id} and cursor = ${job.cursor} and status in ('running', 'waiting')`,
  );
}

function nextRows(ctx: Context, { id, cursor }: Job): Promise<WaitingRow[]> {
  return rowsOf<WaitingRow>(
    ctx.db,
    sql`select line, payload from feedback_import_rows where import_id = ${id} and line > ${cursor}
      and status in ('pending', 'unmatched') order by line limit ${rowsAChunk}`,
  );
}

async function moveOn(ctx: Context, { id, cursor }: Job, line: number): Promise<boolean> {
  const moved = await rowsOf(
    ctx.db,
    sql`update feedback_imports set cursor = ${line}::int, lease_until = now() + make_interval(secs => ${leaseSeconds})
      where id = ${id} and cursor = ${cursor} and status in ('running', 'waiting') returning id`,
  );
  return moved.length > 0;
}

/** Every row was looked at: what found nothing waits for its decision, or is over. */
async function endRound(ctx: Context, { id, cursor, kind }: Job): Promise<void> {
  await inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const [ended] = await rowsOf<{ status: ImportStatus }>(
      ctx.db,
      sql`with open as (select exists (select 1 from feedback_import_rows
            where import_id = ${id} and status = 'unmatched') as waits)
        update feedback_imports i set cursor = 0,
          status = case when open.waits and i.wait_until > now() then 'waiting' else 'done' end,
          lease_until = case when open.waits and i.wait_until > now() then least(i.wait_until,
            now() + make_interval(secs => least(${look.longest}, greatest(${look.shortest},
              extract(epoch from now() - i.created_at) / 20)))) end,
          finished_at = case when open.waits and i.wait_until > now() then null else now() end
        from open where i.id = ${id} and i.cursor = ${cursor} and i.status in ('running', 'waiting')
        returning i.status`,
    );
    if (ended?.status === "done") await tellEnd(ctx, { id, kind, status: "done" });
  });
}

async function leaveOrFail(ctx: Context, job: Job, error: unknown): Promise<void> {
  const isFinal = error instanceof DomainError && (error.kind === "forbidden" || error.kind === "invalid");
  if (!isFinal) {
    log.warn({ err: error, import: job.id }, "an import could not go on; it is tried again");
    await rowsOf(
      ctx.db,
      sql`update feedback_imports set lease_until = now() + interval '5 seconds'
        where id = ${job.id} and status in ('running', 'waiting')`,
    );
    return;
  }
  await fail(ctx, job, error.message);
}

async function fail(ctx: Context, { id, kind }: Pick<Job, "id" | "kind">, sentence: string): Promise<void> {
  await inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const failed = await rowsOf(
      ctx.db,
      sql`update feedback_imports set status = 'failed', error = ${sentence.slice(0, 500)}, finished_at = now(),
        lease_until = null where id = ${id} and status in ('receiving', 'running', 'waiting') returning id`,
    );
    if (failed.length > 0) await tellEnd(ctx, { id, kind, status: "failed" });
  });
}

/** A process that died while it received a file leaves rows that nobody will look at. */
async function failBrokenUploads(ctx: Context): Promise<void> {
  const broken = await rowsOf<Pick<Job, "id" | "kind">>(
    ctx.db,
    sql`select id, kind from feedback_imports
      where org_id = ${ctx.orgId} and status = 'receiving' and lease_until < now() limit 10`,
  );
  for (const one of broken) await fail(ctx, one, "The upload broke off: nothing of it was recorded.");
}

type End = Pick<Job, "id" | "kind"> & { status: "done" | "failed" };

async function tellEnd(ctx: Context, { id, kind, status }: End): Promise<void> {
  const [row] = await rowsOf<{ tally: Record<string, number> | null }>(
    ctx.db,
    sql`update feedback_imports i set tally = ${tallySql} where i.id = ${id} returning i.tally`,
  );
  const data = { kind, status, rows: row?.tally ?? {} };
  await emit(ctx, { type: "feedback_import.finished", subject: id, data });
  await record(ctx, "feedback_import.finished", id, data);
}

import { createHash } from "node:crypto";
import { and, eq, or, sql } from "drizzle-orm";
import { apps } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { appBound, authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { tooLarge } from "@/lib/server/read-json";
import { recordset } from "@/lib/server/recordset";
import { rowsOf } from "@/lib/server/rows";
import { type ImportView, type StartImport } from "../import-contract";
import { importLimits } from "../imports";
import type { ImportFormat } from "../imports";
import { UnreadableLine } from "../read-lines";
import { importView } from "./import-rows-sql";
import { rowReader, unreadable, type ReadRow, type RowReader } from "./parse-import-row";

export type Upload = { query: StartImport; format: ImportFormat; file: AsyncIterable<Uint8Array> };

/** How long an upload may be silent before it is taken for broken off. */
const silentSeconds = 120;
const rowsAWrite = 500;

/**
 * Takes a file in as it comes, a batch of rows at a time, and leaves it to a worker once it is whole. A file that cannot
 * be read to its end leaves nothing behind. Throws `import_not_readable`, `body_too_large`, `validation_failed`.
 */
export async function startImport(ctx: Context, { query, format, file }: Upload): Promise<ImportView> {
  authorize(ctx, "feedback.import");
  requireSoon(ctx, query.wait_until);
  const app = await appOf(ctx, query.app);
  const id = newId("feedbackImport");
  const name = query.name ?? `${query.kind}.${format}`;
  await rowsOf(
    ctx.db,
    sql`insert into feedback_imports (id, org_id, kind, format, app_id, name, status, wait_until, lease_until, created_by)
      values (${id}, ${ctx.orgId}, ${query.kind}, ${format}, ${app}, ${name}, 'receiving',
        ${query.wait_until ?? null}::timestamptz, ${silence}, ${actorName(ctx.actor)})`,
  );
  try {
    const whole = await receive(ctx, id, rowReader(ctx, query.kind, format), file);
    await finish(ctx, id, { ...whole, kind: query.kind, format });
  } catch (error) {
    await drop(ctx, id);
    if (error instanceof UnreadableLine) throw unreadable(error.message);
    throw error;
  }
  return importView(ctx, id);
}

const silence = sql`now() + make_interval(secs => ${silentSeconds}::int)`;

function requireSoon(ctx: Context, until: string | undefined): void {
  if (until === undefined) return;
  const days = (Date.parse(until) - ctx.now.getTime()) / 86_400_000;
  if (days > 0 && days <= importLimits.mostWaitDays) return;
  const message = `must be in the next ${importLimits.mostWaitDays} days`;
  throw new DomainError("invalid", `/query/wait_until: ${message}`, {
    code: "validation_failed",
    errors: [{ pointer: "/query/wait_until", code: "out_of_range", message }],
  });
}

async function appOf(ctx: Context, named: string | undefined): Promise<string | null> {
  const own = appBound(ctx);
  if (named === undefined) return own ?? null;
  const [app] = await ctx.db
    .select({ id: apps.id })
    .from(apps)
    .where(and(eq(apps.orgId, ctx.orgId), or(eq(apps.id, named), eq(apps.key, named))));
  if (app && (own === undefined || own === app.id)) return app.id;
  throw new DomainError("invalid", `/query/app: There is no app ${named}`, {
    code: "validation_failed",
    errors: [{ pointer: "/query/app", code: "unknown_app", message: `There is no app ${named}` }],
  });
}

type Whole = { rows: number; size: number; sha256: string };

async function receive(
  ctx: Context,
  id: string,
  reader: RowReader,
  file: AsyncIterable<Uint8Array>,
): Promise<Whole> {
  const hash = createHash("sha256");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [size, rows] = [0, 0];
  let waiting: ReadRow[] = [];
  const write = async (least: number) => {
    while (waiting.length >= least && waiting.length > 0) {
      const batch = waiting.slice(0, rowsAWrite);
      waiting = waiting.slice(rowsAWrite);
      await keep(ctx, id, batch);
    }
  };
  const take = (read: ReadRow[]) => {
    rows += read.length;
    if (rows > importLimits.rows) throw tooMany();
    waiting.push(...read);
  };
  for await (const chunk of file) {
    size += chunk.byteLength;
    if (size > importLimits.bytes) throw tooLarge(importLimits.bytes);
    hash.update(chunk);
    take(reader.push(textOf(decoder, chunk)));
    await write(rowsAWrite);
  }
  take(reader.push(textOf(decoder)));
  take(reader.end());
  await write(1);
  if (rows === 0) throw unreadable("The file holds no rows.");
  return { rows, size, sha256: hash.digest("hex") };
}

function textOf(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw unreadable("The file is not UTF-8.");
  }
}

function tooMany(): DomainError {
  const most = importLimits.rows.toLocaleString("en");
  return new DomainError("too_large", `A file holds at most ${most} rows; split it.`, {
    code: "body_too_large",
  });
}

const columns = { line: "int", status: "text", payload: "jsonb", problem: "text" } as const;

async function keep(ctx: Context, id: string, rows: readonly ReadRow[]): Promise<void> {
  const set = recordset(
    columns,
    rows.map((row) => ({ ...row, status: row.problem === null ? "pending" : "invalid" })),
  );
  const [alive] = await rowsOf(
    ctx.db,
    sql`with held as (update feedback_imports set lease_until = ${silence}, rows = rows + ${rows.length}::int
          where id = ${id} and status = 'receiving' returning id)
      insert into feedback_import_rows (import_id, line, status, payload, problem)
        select held.id, r.line, r.status, r.payload, r.problem from held, ${set} r returning line`,
  );
  if (!alive)
    throw new DomainError("conflict", "The upload was too slow, or was stopped. Send the file again.");
}

async function finish(
  ctx: Context,
  id: string,
  whole: Whole & { kind: string; format: string },
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const [made] = await rowsOf(
      ctx.db,
      sql`update feedback_imports set status = 'pending', lease_until = null, size = ${whole.size}::int,
          sha256 = ${whole.sha256} where id = ${id} and status = 'receiving' returning id`,
    );
    if (!made) throw new DomainError("conflict", "The upload was stopped. Send the file again.");
    const { kind, rows } = whole;
    await emit(ctx, { type: "feedback_import.created", subject: id, data: { kind, rows } });
    await record(ctx, "feedback_import.started", id, whole);
  });
}

async function drop(ctx: Context, id: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await rowsOf(ctx.db, sql`delete from feedback_import_rows where import_id = ${id}`);
    await rowsOf(ctx.db, sql`delete from feedback_imports where id = ${id} and status = 'receiving'`);
  });
}

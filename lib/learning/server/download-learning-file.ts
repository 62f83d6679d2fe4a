import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { requirePersonal } from "@/lib/policies/server/mask-for";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { FileReply } from "@/lib/server/serve-file";
import type { LearningFile, LearningFileRef } from "../exports";
import { learningExportView } from "./learning-export-rows";
import { requirePerson } from "./training-rows";

/** One file of an export, part by part. Throws `export_not_finished`, `gone` and, where it is unmasked, `personal_data`. */
export async function downloadLearningFile(ctx: Context, { id, file }: LearningFileRef): Promise<FileReply> {
  authorize(ctx, "learning.export");
  requirePerson(ctx);
  const view = await learningExportView(ctx, id);
  if (view.status !== "done")
    throw new DomainError("conflict", `This export is ${view.status}`, { code: "export_not_finished" });
  if (view.expires_at !== null && Date.parse(view.expires_at) <= ctx.now.getTime())
    throw new DomainError("gone", "The files were kept for seven days; make them again");
  if (file !== "manifest" && view.filter.redact === false) await requirePersonal(ctx);
  await record(ctx, "learning_export.downloaded", id, { file });
  const name = `${view.format.replaceAll("_", "-")}-${file}.${file === "manifest" ? "json" : "jsonl"}`;
  if (file === "manifest") {
    const bytes = new TextEncoder().encode(`${JSON.stringify(view.manifest, null, 2)}\n`);
    return { type: "application/json; charset=utf-8", name, size: bytes.byteLength, body: only(bytes) };
  }
  const [length] = await rowsOf<{ size: number }>(
    ctx.db,
    sql`select coalesce(sum(octet_length(content)), 0)::int as size from learning_export_parts
      where export_id = ${id} and file = ${file}`,
  );
  const body = streamOf(learningFileParts(ctx, id, file));
  return { type: "application/x-ndjson; charset=utf-8", name, size: length?.size ?? 0, body };
}

/** The parts of a file in order, one in memory at a time. */
export async function* learningFileParts(
  ctx: Context,
  id: string,
  file: LearningFile,
): AsyncGenerator<Uint8Array> {
  for (let after = -1; ;) {
    const [row] = await rowsOf<{ part: number; content: Uint8Array }>(
      ctx.db,
      sql`select part, content from learning_export_parts
        where export_id = ${id} and file = ${file} and part > ${after} order by part limit 1`,
    );
    if (!row) return;
    after = row.part;
    yield new Uint8Array(row.content);
  }
}

function only(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

function streamOf(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

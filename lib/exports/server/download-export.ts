import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { FileReply } from "@/lib/server/serve-file";
import type { ExportView } from "../contract";
import type { ExportFormat } from "../schema";
import { capabilityOfList } from "./create-export";
import { ownExport, requirePerson } from "./own-exports";

const types: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  jsonl: "application/x-ndjson; charset=utf-8",
};

/**
 * The file of one of the caller's own exports, part by part: one part of it is in memory at a time. Whoever lost the
 * right to see the list does not get what was taken of it. Throws `export_not_finished` and `gone`.
 */
export async function downloadExport(ctx: Context, { id }: { id: string }): Promise<FileReply> {
  authorize(ctx, "exports.make");
  requirePerson(ctx);
  const view = await ownExport(ctx, id);
  authorize(ctx, capabilityOfList[view.kind]);
  if (view.status !== "done") {
    throw new DomainError("conflict", `This export is ${view.status}`, { code: "export_not_finished" });
  }
  if (view.expires_at !== null && Date.parse(view.expires_at) <= ctx.now.getTime()) {
    throw new DomainError("gone", "The file was kept for seven days; take the list out again");
  }
  await record(ctx, "export.downloaded", id, { rows: view.rows, size: view.size });
  return {
    type: types[view.format],
    name: fileName(view),
    size: view.size,
    body: partsOf(ctx, view),
  };
}

function fileName({ kind, format, created_at }: ExportView): string {
  return `${kind}-${created_at.slice(0, 16).replaceAll(/[:T]/g, "-")}.${format}`;
}

/** Reads a part when there is room for it. A file that is cleaned away half-way breaks off, and is not taken for whole. */
function partsOf(ctx: Context, { id, size }: ExportView): ReadableStream<Uint8Array> {
  let [part, sent] = [0, 0];
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent >= size) return controller.close();
      const [row] = await rowsOf<{ content: Uint8Array }>(
        ctx.db,
        sql`select content from export_parts where export_id = ${id} and part = ${part}`,
      );
      if (!row) throw new Error(`part ${part} of ${id} is gone`);
      part += 1;
      sent += row.content.byteLength;
      controller.enqueue(new Uint8Array(row.content));
    },
  });
}

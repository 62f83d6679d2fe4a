import { sql } from "drizzle-orm";
import { byteOrderMark, csvLine } from "@/lib/kernel/csv";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { FileReply } from "@/lib/server/serve-file";
import type { ImportRowView } from "../import-contract";
import { aboutSql, importView } from "./import-rows-sql";

const rowsAPart = 2000;

/**
 * What became of every row as CSV that no spreadsheet runs, a part of it in memory at a time. Throws `not_found`.
 */
export async function describeImportReport(ctx: Context, params: { id: string }): Promise<FileReply> {
  authorize(ctx, "feedback.import");
  const { id } = await importView(ctx, params.id);
  await record(ctx, "feedback_import.report_taken", id, {});
  let line = -1;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (line === -1) {
        controller.enqueue(
          encoder.encode(byteOrderMark + csvLine(["line", "status", "about", "decision_id", "problem"])),
        );
        line = 0;
        return;
      }
      const rows = await rowsOf<ImportRowView>(
        ctx.db,
        sql`select r.line, r.status, ${aboutSql} as about, r.decision_id, r.problem from feedback_import_rows r
          where r.import_id = ${id} and r.line > ${line} order by r.line limit ${rowsAPart}`,
      );
      line = rows.at(-1)?.line ?? line;
      if (rows.length > 0) controller.enqueue(encoder.encode(rows.map(csvRow).join("")));
      if (rows.length < rowsAPart) controller.close();
    },
  });
  return { type: "text/csv; charset=utf-8", name: `import-${id.slice(-8)}.csv`, body };
}

function csvRow({ line, status, about, decision_id, problem }: ImportRowView): string {
  return csvLine([line, status, about, decision_id, problem]);
}

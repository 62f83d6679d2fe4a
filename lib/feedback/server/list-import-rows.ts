import { sql } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ImportRowsQuery, ImportRowView } from "../import-contract";
import { aboutSql, importView } from "./import-rows-sql";

type Input = { params: { id: string }; query: ImportRowsQuery };

/** What became of an import's rows, in the order of its file. Throws `not_found`. */
export async function listImportRows(ctx: Context, { params, query }: Input): Promise<List<ImportRowView>> {
  authorize(ctx, "feedback.import");
  const { id } = await importView(ctx, params.id);
  const { status, limit, starting_after = 0 } = query;
  const only = status === undefined ? sql`` : sql` and r.status = ${status}`;
  const rows = await rowsOf<ImportRowView>(
    ctx.db,
    sql`select r.line, r.status, ${aboutSql} as about, r.decision_id, r.problem from feedback_import_rows r
      where r.import_id = ${id} and r.line > ${starting_after}${only} order by r.line limit ${limit + 1}`,
  );
  return {
    object: "list",
    url: `/api/v1/feedback_imports/${id}/rows`,
    has_more: rows.length > limit,
    data: rows.slice(0, limit),
  };
}

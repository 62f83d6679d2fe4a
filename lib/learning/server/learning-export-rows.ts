import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { learningFiles, type LearningExportView } from "../exports";
import { stamp } from "./stamp";

type Row = Omit<LearningExportView, "object" | "files" | "manifest"> & { manifest: JsonObject | null };

/** The organisation's exports of training files that hold to `where` (over alias `x`), newest first. */
export async function learningExportViews(
  ctx: Context,
  where: SQL,
  limit: number,
): Promise<LearningExportView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select x.id, x.app_id, t.key as type, x.format, x.filter, x.status, x.rows, x.total, x.size::int as size, x.error,
        x.manifest, coalesce(u.name, x.created_by) as created_by, ${stamp("x.created_at")} as created_at,
        ${stamp("x.finished_at")} as finished_at, ${stamp("x.expires_at")} as expires_at
      from learning_exports x join decision_types t on t.id = x.type_id
      left join users u on 'user:' || u.id = x.created_by
      where x.org_id = ${ctx.orgId} and ${where} order by x.id desc limit ${limit}`,
  );
  return rows.map(viewOf);
}

function viewOf({ manifest, ...row }: Row): LearningExportView {
  const isDone = row.status === "done";
  return {
    ...row,
    object: "learning_export",
    // Half-way it holds the worker's sums.
    manifest: isDone ? manifest : null,
    files: isDone
      ? [...learningFiles, "manifest"].map((file) => ({
          name: `${file}.${file === "manifest" ? "json" : "jsonl"}`,
          url: `/api/v1/learning_exports/${row.id}/files/${file}`,
        }))
      : [],
  };
}

/** One of the organisation's. Throws `not_found`. */
export async function learningExportView(ctx: Context, id: string): Promise<LearningExportView> {
  const [view] = await learningExportViews(ctx, sql`x.id = ${id}`, 1);
  if (!view) throw new DomainError("not_found", `There are no training files ${id.slice(0, 64)}`);
  return view;
}

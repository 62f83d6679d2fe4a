import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ExportView } from "../contract";
import type { ExportFormat, ExportKind, ExportStatus } from "../schema";

type Row = {
  id: string;
  kind: ExportKind;
  format: ExportFormat;
  filter: JsonObject;
  status: ExportStatus;
  rows: number;
  total: number | null;
  size: number;
  error: string | null;
  created_at: string;
  finished_at: string | null;
  expires_at: string | null;
};

const stamp = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** The caller's own exports that hold to `where` (over alias `x`), newest first. */
export async function ownExports(ctx: Context, where: SQL, limit: number): Promise<ExportView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select x.id, x.kind, x.format, x.filter, x.status, x.rows, x.total, x.size, x.error,
        ${stamp("x.created_at")} as created_at, ${stamp("x.finished_at")} as finished_at,
        ${stamp("x.expires_at")} as expires_at
      from exports x where x.org_id = ${ctx.orgId} and x.created_by = ${actorName(ctx.actor)} and ${where}
      order by x.id desc limit ${limit}`,
  );
  return rows.map(viewOf);
}

/** One of the caller's own. Throws `not_found`, also for what somebody else asked for. */
export async function ownExport(ctx: Context, id: string): Promise<ExportView> {
  const [view] = await ownExports(ctx, sql`x.id = ${id}`, 1);
  if (!view) throw new DomainError("not_found", `You have no export ${id.slice(0, 64)}`);
  return view;
}

/** Only a person takes lists out: what they may see is theirs, and a key sees other things. */
export function requirePerson(ctx: Context): void {
  if (ctx.actor.kind === "user") return;
  throw new DomainError("forbidden", "Only a person can do this: use a personal access token or sign in.");
}

function viewOf(row: Row): ExportView {
  return {
    ...row,
    object: "export",
    size: Number(row.size),
    download: row.status === "done" ? `/api/v1/exports/${row.id}/download` : null,
  };
}

import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { appBound } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ImportView } from "../import-contract";

const stamp = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

type Row = Omit<ImportView, "object" | "counts"> & { counts: Partial<ImportView["counts"]> | null };

const none: ImportView["counts"] = {
  pending: 0,
  recorded: 0,
  repeated: 0,
  unmatched: 0,
  ambiguous: 0,
  invalid: 0,
};

/** How many rows of import `i` came to what. */
export const tallySql = sql`(select jsonb_object_agg(c.status, c.count) from (select r.status, count(*)::int as count
  from feedback_import_rows r where r.import_id = i.id group by r.status) c)`;

/** Imports (alias `i`) that hold to `where`, newest first. An app's key sees those of its own app. */
export async function importViews(ctx: Context, where: SQL, limit: number): Promise<ImportView[]> {
  const app = appBound(ctx);
  const bound = app === undefined ? sql`` : sql` and i.app_id = ${app}`;
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select i.id, i.kind, i.format, i.name, i.app_id, i.status, i.rows, i.size, i.error,
        ${stamp("i.wait_until")} as wait_until, ${stamp("i.created_at")} as created_at,
        ${stamp("i.finished_at")} as finished_at,
        coalesce((select u.name from users u where 'user:' || u.id = i.created_by),
          (select k.name || ' (key)' from api_keys k where 'key:' || k.id = i.created_by), i.created_by) as by,
        coalesce(i.tally, ${tallySql}) as counts
      from feedback_imports i where i.org_id = ${ctx.orgId}${bound} and ${where} order by i.id desc limit ${limit}`,
  );
  return rows.map(({ counts, ...row }) => ({
    ...row,
    object: "feedback_import",
    counts: { ...none, ...counts },
  }));
}

/** One of them. Throws `not_found`. */
export async function importView(ctx: Context, id: string): Promise<ImportView> {
  const [view] = await importViews(ctx, sql`i.id = ${id}`, 1);
  if (!view) throw new DomainError("not_found", `There is no import ${id.slice(0, 64)}`);
  return view;
}

/** What a row `r` named, for people: an id, or what it was about. */
export const aboutSql = sql`coalesce(r.payload ->> 'about', r.payload ->> 'decision_id', r.payload ->> 'external_id',
  (r.payload -> 'subject' ->> 'type') || ' ' || (r.payload -> 'subject' ->> 'id'), '')`;

import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { List, ListQuery } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { RubricView } from "../plans";

/** Rubrics in use, newest first, by keyset. */
export async function listRubrics(ctx: Context, query: ListQuery): Promise<List<RubricView>> {
  authorize(ctx, "audits.read");
  const backwards = query.ending_before !== undefined && query.starting_after === undefined;
  const where = query.starting_after
    ? sql`r.id < ${query.starting_after}`
    : query.ending_before
      ? sql`r.id > ${query.ending_before}`
      : sql`true`;
  const rows = await read(
    ctx,
    sql`${where} and r.archived_at is null order by r.id ${backwards ? sql`asc` : sql`desc`} limit ${query.limit + 1}`,
  );
  const page = rows.slice(0, query.limit);
  return {
    object: "list",
    url: "/api/v1/rubrics",
    has_more: rows.length > query.limit,
    data: backwards ? page.toReversed() : page,
  };
}

/** One rubric, archived or not; throws `not_found`. */
export async function rubricOrThrow(ctx: Context, id: string): Promise<RubricView> {
  authorize(ctx, "audits.read");
  const [rubric] = await read(ctx, sql`r.id = ${id}`);
  if (!rubric) throw new DomainError("not_found", `There is no rubric ${id}`);
  return rubric;
}

const stamp = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

function read(ctx: Context, where: SQL): Promise<RubricView[]> {
  return rowsOf<RubricView>(
    ctx.db,
    sql`select r.id, 'rubric' as object, r.name, r.keys, ${stamp("r.created_at")} as created_at,
        ${stamp("r.archived_at")} as archived_at
      from rubrics r where r.org_id = ${ctx.orgId} and ${where}`,
  );
}

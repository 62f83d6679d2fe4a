import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Values } from "../drift";
import type { Feature } from "../drift-features";

export type Pair = { appId: string; typeId: string };
/** Moments in ISO 8601, the second not included. */
export type Span = { from: string; to: string };

/** Decisions of a window that are read at most: all of them where there are fewer, else a sample of about as many. */
const mostRead = 20_000;
/** A string field with more different values than this is compared by its length. */
const mostValues = 20;
const longestValue = 60;

/** What a window's decisions hold of each feature: text as its value (cut) and its length. `n`: how many there are. */
export type WindowRows = { n: number; rows: Row[] };
type Row = Record<string, string | number | null>;

/** How many decisions a window holds, counted no further than it takes; null: all of them. */
export async function countWindow(
  ctx: Context,
  pair: Pair,
  span: Span,
  most: number | null,
): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(
    ctx.db,
    sql`select count(*)::int as n from (select 1 from decisions d where ${within(ctx, pair, span)} limit ${most}::bigint) few`,
  );
  return row?.n ?? 0;
}

/**
 * The features of a window's decisions; of a very large one, a sample in which each has the same chance, whenever it came
 * in: by a hash of its id, so that the same window is the same sample.
 */
export async function readDriftWindow(
  ctx: Context,
  {
    pair,
    span,
    features,
    most = mostRead,
  }: { pair: Pair; span: Span; features: readonly Feature[]; most?: number },
): Promise<WindowRows> {
  const few = await countWindow(ctx, pair, span, most + 1);
  const n = few <= most ? few : await countWindow(ctx, pair, span, null);
  const share = Math.floor((hashes * most) / n);
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select ${sql.join(features.flatMap(columnsOf), sql`, `)} from decisions d where ${within(ctx, pair, span)}
      ${n <= most ? sql`` : sql`and hashtextextended(d.id, 0) & ${hashes - 1}::bigint < ${share}::bigint`}`,
  );
  return { n, rows };
}

/** Hashes are told apart up to so many, a power of two. */
const hashes = 2 ** 31;

function ofPair({ orgId }: Context, { appId, typeId }: Pair): SQL {
  return sql`d.org_id = ${orgId} and d.app_id = ${appId} and d.type_id = ${typeId} and not d.measure`;
}

function within(ctx: Context, pair: Pair, { from, to }: Span): SQL {
  return sql`${ofPair(ctx, pair)} and d.created_at >= ${from}::timestamptz and d.created_at < ${to}::timestamptz`;
}

function columnsOf({ path, name, as }: Feature, at: number): SQL[] {
  const column = sql.raw(`f${at}`);
  const length = sql.raw(`l${at}`);
  if (path === null) return [sql`d.${sql.identifier(name)} as ${column}`];
  const where = sql`${JSON.stringify(path)}::jsonb`;
  const found = sql`(d.input #> array(select jsonb_array_elements_text(${where})))`;
  const text = sql`(d.input #>> array(select jsonb_array_elements_text(${where})))`;
  switch (as) {
    case "number":
      return [sql`case when jsonb_typeof(${found}) = 'number' then (${text})::float8 end as ${column}`];
    case "presence":
      return [
        sql`case when coalesce(jsonb_typeof(${found}), 'null') = 'null' then 'missing' else 'there' end as ${column}`,
      ];
    case "category":
      return [sql`coalesce(left(${text}, ${longestValue}::int), 'missing') as ${column}`];
    case "text":
      return [sql`left(${text}, ${longestValue}::int) as ${column}`, sql`char_length(${text}) as ${length}`];
  }
}

/** A feature's values in the reference and in the current window, both read as the reference suggests. */
export function valuesOf(
  feature: Feature,
  at: number,
  { reference, current }: { reference: WindowRows; current: WindowRows },
): { reference: Values; current: Values } {
  const as = readAs(feature, at, reference);
  const column = as === "length" ? `l${at}` : `f${at}`;
  const read = ({ rows }: WindowRows): Values => {
    const values = rows.map((row) => row[column] ?? null).filter((value) => value !== null);
    return as === "category"
      ? { as, values: values.map(String) }
      : { as: "number", values: values.map(Number) };
  };
  return { reference: read(reference), current: read(current) };
}

function readAs({ as }: Feature, at: number, { rows }: WindowRows): "number" | "category" | "length" {
  if (as === "number") return "number";
  if (as !== "text") return "category";
  const seen = new Set<unknown>();
  for (const row of rows) {
    seen.add(row[`f${at}`]);
    if (seen.size > mostValues) return "length";
  }
  return "category";
}

import { createHash } from "node:crypto";
import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { usesNeon, type Database } from "@/db/client";

/**
 * Runs hand-written SQL and returns its rows, typed by the caller (both drivers answer `{ rows }`). Columns come
 * back as the SQL names them, timestamps as the driver parses them.
 */
export async function rowsOf<T extends Record<string, unknown>>(db: Database, query: SQL): Promise<T[]> {
  const result: unknown = await db.execute(query);
  return (result as { rows: T[] }).rows;
}

const dialect = new PgDialect({ casing: "snake_case" });
const names = new Map<string, string>();
const mostNames = 200;

/**
 * As `rowsOf`, for the few statements that every decision goes through: each connection parses and plans the text
 * once and keeps it. Only for text that is the same from call to call. Behind a pooler that may hand each statement to
 * another connection (Neon's, or COUNTERSIGN_DB_PREPARE=off), nothing is kept.
 */
export async function hotRowsOf<T extends Record<string, unknown>>(db: Database, query: SQL): Promise<T[]> {
  return hotStatement<T>(db, query)();
}

/** The same in two steps: the text is composed now, and goes out when what this returns is called. */
export function hotStatement<T extends Record<string, unknown>>(
  db: Database,
  query: SQL,
): () => Promise<T[]> {
  const text = dialect.sqlToQuery(query);
  const prepared = db._.session.prepareQuery(text, undefined, nameOf(text.sql), false);
  return async () => {
    const result: unknown = await prepared.execute();
    return (result as { rows: T[] }).rows;
  };
}

type Prepared<T> = { execute: (values: Record<string, unknown>) => Promise<T> };
type Built<T> = { toSQL: () => { sql: string }; prepare: (name: string) => Prepared<T> };

/**
 * The same for a statement of the query builder, with placeholders for what differs from call to call: it is composed
 * once for each database handle, because composing one costs about as much as running it.
 */
export function hotQuery<T>(
  compose: (db: Database) => Built<T>,
): (db: Database, values: Record<string, unknown>) => Promise<T> {
  const composed = new WeakMap<Database, Prepared<T>>();
  return (db, values) => {
    const known = composed.get(db) ?? prepared(compose(db));
    composed.set(db, known);
    return known.execute(values);
  };
}

function prepared<T>(query: Built<T>): Prepared<T> {
  // Without a name nothing is kept on the connection.
  return query.prepare(nameOf(query.toSQL().sql) ?? "");
}

function nameOf(text: string): string | undefined {
  if (isPooled()) return undefined;
  const known = names.get(text);
  if (known || names.size >= mostNames) return known;
  const name = `hot_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
  names.set(text, name);
  return name;
}

function isPooled(): boolean {
  const url = process.env.DATABASE_URL;
  return process.env.COUNTERSIGN_DB_PREPARE === "off" || (url !== undefined && usesNeon(url));
}

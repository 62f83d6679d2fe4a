import { sql, type SQL } from "drizzle-orm";

/** A column as RFC 3339 in UTC with milliseconds; null stays null. Only for names of columns. */
export function stamp(column: string): SQL {
  return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}

import { sql } from "drizzle-orm";
import { bigint, text, timestamp } from "drizzle-orm/pg-core";

/** A UTC moment. */
export const moment = () => timestamp({ withTimezone: true, mode: "date" });
/** A UTC moment, the database's clock at insertion when not given. */
export const bornAt = () =>
  moment()
    .notNull()
    .default(sql`now()`);
/** Money in integer minor units, as a JS number (values beyond 2^53 are refused at the edge). */
export const minorUnits = () => bigint({ mode: "number" });
export const id = () => text().primaryKey();

/** `col in ('a', 'b')` for a CHECK over a vocabulary: a status column is closed in SQL too. */
export function oneOf(column: string, values: readonly string[]) {
  return sql.raw(`${column} in (${values.map((value) => `'${value}'`).join(", ")})`);
}

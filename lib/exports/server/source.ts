import type { Context } from "@/lib/server/context";
import type { JsonValue } from "@/lib/kernel/json";
import type { FilterOf } from "../filters";
import type { ExportKind } from "../schema";

/** A part of a list: the rows after one of them, of those that were there at a moment. */
export type Slice<K extends ExportKind> = {
  filter: FilterOf<K>;
  after: string | null;
  /** Timestamp text of the database's: what came later is not in the file, whenever it is written. */
  until: string;
  limit: number;
};

/** One column of the CSV file. */
export type Column<Row> = readonly [name: string, of: (row: Row) => JsonValue | undefined];

/**
 * A list that can be taken out whole. Both verbs run as the person who asked, so that the file holds what the list
 * would show them.
 */
export type Source<K extends ExportKind, Row extends { id: string }> = {
  columns: readonly Column<Row>[];
  /** How many rows fit, counted up to one more than the most there may be; null where that would cost too much. */
  count: (ctx: Context, slice: Pick<Slice<K>, "filter" | "until">) => Promise<number | null>;
  /** Rows in an order that does not change while the file is written. */
  read: (ctx: Context, slice: Slice<K>) => Promise<Rows<Row>>;
};

/** `next` is the row to go on after; null: these were the last. */
export type Rows<Row> = { rows: Row[]; next: string | null };

/** Up to `limit` rows, which are not the last where they are as many. */
export function rowsUpTo<Row extends { id: string }>(rows: Row[], limit: number): Rows<Row> {
  return { rows, next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
}

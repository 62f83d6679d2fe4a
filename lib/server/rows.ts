import type { SQL } from "drizzle-orm";
import type { Database } from "@/db/client";

/**
 * Runs hand-written SQL and returns its rows, typed by the caller (both drivers answer `{ rows }`). Columns come
 * back as the SQL names them, timestamps as the driver parses them.
 */
export async function rowsOf<T extends Record<string, unknown>>(db: Database, query: SQL): Promise<T[]> {
  const result: unknown = await db.execute(query);
  return (result as { rows: T[] }).rows;
}

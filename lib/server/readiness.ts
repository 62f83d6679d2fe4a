import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { rowsOf } from "./rows";

/** True when the database answers and holds our tables. */
export async function databaseIsReady(): Promise<boolean> {
  try {
    const [row] = await rowsOf<{ ready: boolean }>(
      database(),
      sql`select to_regclass('decisions') is not null as ready`,
    );
    return row?.ready === true;
  } catch {
    return false; // that it does not answer is the answer
  }
}

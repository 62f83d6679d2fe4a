import { sql } from "drizzle-orm";
import { database, type Database } from "@/db/client";
import { wroteInVain } from "@/db/refused-writes";
import { rowsOf } from "./rows";

/** How long a refused write keeps us from being asked: after that, whatever comes next is the trial. */
const refusedForMs = 30_000;

/**
 * True when the database answers, holds our tables and takes writes. A standby says so when asked; a full disk is seen
 * by those who write, and a small trial of our own would still find room.
 */
export async function databaseIsReady(db: Database = database()): Promise<boolean> {
  if (wroteInVain(refusedForMs)) return false;
  try {
    const [row] = await rowsOf<{ ready: boolean }>(
      db,
      sql`select to_regclass('decisions') is not null and not pg_is_in_recovery()
        and current_setting('transaction_read_only') = 'off' as ready`,
    );
    return row?.ready === true;
  } catch {
    return false; // that it does not answer is the answer
  }
}

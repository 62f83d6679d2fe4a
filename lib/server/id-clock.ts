import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { setIdClock } from "@/lib/kernel/ids";
import { log } from "./log";
import { rowsOf } from "./rows";

/** Clocks that agree within this are left alone: a measurement is no better than the time it took. */
const toleratedMs = 1000;
const everyMs = 60_000;

/**
 * Has this process make its ids by the database's clock, now and each minute. What is counted in the order of ids would
 * else pass over what a machine whose clock is minutes behind writes next.
 */
export async function keepIdClock(db: Database): Promise<void> {
  await followDatabase(db);
  setInterval(() => void followDatabase(db), everyMs).unref();
}

/** Measures how far the database's clock is ahead; where it cannot be asked, what was known stays. */
export async function followDatabase(db: Database): Promise<void> {
  try {
    const asked = performance.now();
    const [row] = await rowsOf<{ ms: number }>(
      db,
      sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
    );
    const took = performance.now() - asked;
    if (!row || took > toleratedMs) return;
    const aheadMs = Math.round(row.ms + took / 2 - Date.now());
    const differs = Math.abs(aheadMs) > toleratedMs;
    setIdClock(differs ? aheadMs : 0);
    if (differs) log.warn({ ahead_ms: aheadMs }, "the database's clock differs from this machine's");
  } catch (error) {
    log.warn({ err: error }, "the database's clock could not be read");
  }
}

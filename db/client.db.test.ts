import { sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import pg from "pg";
import { problemOf } from "@/lib/server/problem";
import { connect } from "./client";
import { migrateDatabase, migrationLock } from "./migrate";
import { testDatabase } from "./testing";

const { db, url } = await testDatabase();

afterEach(() => vi.unstubAllEnvs());

/** Ends a session as a server that goes down does, and waits until its client has heard of it. */
async function endSession(pid: number): Promise<void> {
  const administrator = new pg.Client({ connectionString: url });
  await administrator.connect();
  await administrator.query("select pg_terminate_backend($1)", [pid]);
  await administrator.end();
  await new Promise((resolve) => setTimeout(resolve, 200));
}

test("a connection that breaks between two statements is a database that is away, and ends no process", async () => {
  const broken = db.transaction(async (tx) => {
    const result: unknown = await tx.execute(sql`select pg_backend_pid() as pid`);
    const [row] = (result as { rows: { pid: number }[] }).rows;
    await endSession(row?.pid ?? 0);
    await tx.execute(sql`select 1`);
  });
  const error: unknown = await broken.catch((reason: unknown) => reason);
  expect(problemOf(error)).toMatchObject({ status: 503, code: "database_unavailable", retryable: true });
  const after: unknown = await db.execute(sql`select 1 as one`);
  expect((after as { rows: unknown[] }).rows).toEqual([{ one: 1 }]);
});

test.each([
  ["on", ["15s", "5s", "15s"]],
  ["off", ["0", "0", "0"]],
])("with prepared statements %s, a connection asks for %s", async (prepare, asked) => {
  vi.stubEnv("COUNTERSIGN_DB_DRIVER", "pg");
  vi.stubEnv("COUNTERSIGN_DB_PREPARE", prepare);
  const connection = connect(url, { max: 1 });
  const names = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"];
  const shown = [];
  for (const name of names) {
    const result: unknown = await connection.db.execute(sql`select current_setting(${name}) as shown`);
    shown.push((result as { rows: { shown: string }[] }).rows[0]?.shown);
  }
  await connection.close();
  expect(shown).toEqual(asked);
});

test("a server that starts while another migrates for longer than requests may wait, waits", async () => {
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  await other.query("begin");
  await other.query("select pg_advisory_xact_lock($1)", [migrationLock]);
  const starting = migrateDatabase(url);
  await new Promise((resolve) => setTimeout(resolve, 6000));
  await other.query("commit");
  await other.end();
  expect(await starting).toBe(0);
}, 30_000);

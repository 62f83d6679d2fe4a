import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import pg from "pg";
import { problemOf } from "@/lib/server/problem";
import { testDatabase } from "./testing";

const { db, url } = await testDatabase();

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

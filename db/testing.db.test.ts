import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "./testing";

const { db, url } = await testDatabase();

const countTables = sql`select count(*)::int as n from information_schema.tables where table_schema = 'public'`;

test("a test file gets a migrated database of its own", async () => {
  const { rows } = (await db.execute(countTables)) as unknown as { rows: { n: number }[] }; // Both drivers answer so.
  expect(rows[0]?.n).toBeGreaterThan(0);
  expect(new URL(url).pathname).toMatch(/^\/test_/);
});

test("a transaction that throws leaves nothing behind, through this run's driver", async () => {
  const failing = db.transaction(async (tx) => {
    await tx.execute(sql`create table left_behind (id int)`);
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  const { rows } = (await db.execute(sql`select to_regclass('left_behind') as found`)) as unknown as {
    rows: { found: string | null }[];
  };
  expect(rows[0]?.found).toBeNull();
});

test("the connection is durable: fsync and synchronous_commit are on", async () => {
  const { rows } = (await db.execute(
    sql`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
  )) as unknown as { rows: unknown[] };
  expect(rows).toEqual([{ fsync: "on", commit: "on" }]);
});

import { sql, type SQL } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "./testing";

const { db, url } = await testDatabase();

/** The first row of a query's answer; both drivers give it under the same name. */
async function firstRow(query: SQL): Promise<unknown> {
  const result: unknown = await db.execute(query);
  return (result as { rows: unknown[] }).rows[0];
}

test("a test file gets a migrated database of its own", async () => {
  expect(await firstRow(sql`select to_regclass('decisions') is not null as found`)).toEqual({ found: true });
  expect(new URL(url).pathname).toMatch(/^\/test_/);
});

test("a transaction that throws leaves nothing behind, through this run's driver", async () => {
  const failing = db.transaction(async (tx) => {
    await tx.execute(sql`create table left_behind (id int)`);
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await firstRow(sql`select to_regclass('left_behind') as found`)).toEqual({ found: null });
});

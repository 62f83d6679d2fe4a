import { sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing";
import { problemOf } from "./problem";
import { databaseIsReady } from "./readiness";

const { db } = await testDatabase();
afterEach(() => void vi.restoreAllMocks());

/** The clock of this process, moved forward. */
function after(ms: number): void {
  const now = performance.now() + ms;
  vi.spyOn(performance, "now").mockImplementation(() => now);
}

const refused = (state: string) =>
  db
    .execute(sql.raw(`do $$ begin raise exception 'it cannot be written' using errcode = '${state}'; end $$`))
    .then(
      () => undefined,
      (error: unknown) => error,
    );

test("a database that answers, is migrated and takes writes is ready", async () => {
  expect(await databaseIsReady(db)).toBe(true);
});

test("one that only reads is not: a standby, or a role that may not write", async () => {
  await db.transaction(async (tx) => expect(await databaseIsReady(tx)).toBe(false), {
    accessMode: "read only",
  });
  expect(await databaseIsReady(db)).toBe(true);
});

test.each([
  ["its disk is full", "53100"],
  ["it became a standby", "25006"],
  ["its disk fails", "58030"],
])(
  "after a write that failed because %s it is not ready for half a minute, and the write may be sent again",
  async (_why, state) => {
    const error = await refused(state);
    expect(problemOf(error)).toMatchObject({ status: 503, code: "database_unavailable", retryable: true });
    expect(await databaseIsReady(db)).toBe(false);
    after(29_000);
    expect(await databaseIsReady(db)).toBe(false);
    vi.restoreAllMocks();
    after(31_000);
    expect(await databaseIsReady(db)).toBe(true);
  },
);

test("any other failure says nothing of it", async () => {
  after(60_000);
  await refused("23505");
  expect(await databaseIsReady(db)).toBe(true);
});

test("one that does not answer is not ready", async () => {
  const gone = { execute: () => Promise.reject(new Error("connection terminated")) } as unknown as typeof db;
  after(60_000);
  expect(await databaseIsReady(gone)).toBe(false);
});

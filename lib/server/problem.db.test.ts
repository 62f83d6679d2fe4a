import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { problemOf } from "./problem";

const { db } = await testDatabase();

test.each([
  ["a number", "99999999999", "int", /^A number is beyond/],
  ["a time", "0000-01-01T00:00:00Z", "timestamptz", /^A time is outside/],
  ["a text", "\u0000", "text", /cannot be stored/],
])("%s that the database cannot keep is the caller's mistake, and named", async (_, value, type, words) => {
  const kept = db.execute(sql`select ${value}::${sql.raw(type)}`);
  const error: unknown = await kept.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  expect(problemOf(error)).toMatchObject({ status: 422, detail: expect.stringMatching(words) });
});

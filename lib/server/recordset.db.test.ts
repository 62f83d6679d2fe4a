import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { testDatabase } from "@/db/testing";
import { recordset } from "./recordset";
import { hotRowsOf, rowsOf } from "./rows";

let db: Database;
beforeAll(async () => {
  ({ db } = await testDatabase());
});

const columns = { id: "int", word: "text", share: "float8", doc: "jsonb", flag: "boolean" } as const;
const text = fc
  .string({ unit: "binary" })
  .filter((value) => value.isWellFormed() && !value.includes("\u0000"));
const row = fc.record({
  word: fc.oneof(fc.constant("same"), text, fc.constant(null)),
  share: fc.oneof(fc.constant(0.5), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null)),
  doc: fc.oneof(fc.constant("a string"), fc.constant(1), fc.constant({ a: [1, null] }), fc.constant(null)),
  flag: fc.oneof(fc.boolean(), fc.constant(null)),
});

test("whatever is shared and whatever is not, the rows come out as they went in", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (given) => {
      const rows = given.map((one, id) => ({ id, ...one }));
      const read = await rowsOf(db, sql`select * from ${recordset(columns, rows)} r order by id`);
      // JSON has no -0; Postgres keeps the number it is equal to.
      expect(read).toEqual(rows.map((one) => ({ ...one, share: one.share === 0 ? 0 : one.share })));
    }),
    { numRuns: 60 },
  );
});

test("rows that are all alike are still that many", async () => {
  const alike = Array.from({ length: 3 }, () => ({ id: 7, word: "x" }));
  expect(await rowsOf(db, sql`select word, flag from ${recordset(columns, alike)} r`)).toEqual(
    alike.map(() => ({ word: "x", flag: null })),
  );
});

test("a kept statement answers for new values each time", async () => {
  for (const id of [1, 2, 3]) {
    const rows = [{ id, word: `w${id}` }];
    expect(await hotRowsOf(db, sql`select id, word from ${recordset(columns, rows)} r`)).toEqual(rows);
  }
});

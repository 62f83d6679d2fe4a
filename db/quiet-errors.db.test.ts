import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { loggedError } from "@/lib/server/log";
import { testDatabase } from "./testing";

const { db } = await testDatabase();
const canary = "canary.person@secret.example";

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test.each([
  ["a value that does not fit", () => db.execute(sql`select ${canary}::text, 1 / ${0}::int`)],
  [
    "a row that a constraint refuses",
    () => db.execute(sql`insert into orgs (id, name) values (null, ${canary})`),
  ],
  [
    "a statement within a transaction",
    () => db.transaction((tx) => tx.execute(sql`select ${canary} from there_is_no_such_table`)),
  ],
])("%s fails with its statement and without its values", async (_, work) => {
  const error = await failureOf(work());
  expect(error).toBeInstanceOf(Error);
  const written = [inspect(error, { depth: 9 }), JSON.stringify(loggedError(error)), String(error)].join(
    "\n",
  );
  expect(written).toContain("Failed query: ");
  expect(written).toMatch(/"code":"(22012|23502|42P01)"/);
  expect(written).not.toContain(canary);
});

test("what a library hangs on its error is not written down", () => {
  const error = Object.assign(new Error("no answer"), {
    requestBody: canary,
    headers: { authorization: canary },
    code: "ECONNRESET",
  });
  const written = loggedError(new Error("a run failed", { cause: error }));
  expect(written).toMatchObject({
    message: "a run failed",
    cause: { message: "no answer", code: "ECONNRESET" },
  });
  expect(JSON.stringify(written)).not.toContain(canary);
});

import { expect, test } from "vitest";
import { usesNeon } from "./client";
import { migrateDatabase } from "./migrate";
import { testDatabase } from "./testing";
import { unreachableSentence } from "./unreachable";

const { url } = await testDatabase();

/** What the terminal says when migrations are run against this address. */
async function said(address: string): Promise<string | undefined> {
  const error: unknown = await migrateDatabase(address).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  return unreachableSentence(error, address);
}

function changed(change: (address: URL) => void): string {
  const address = new URL(url);
  change(address);
  return address.href;
}

// Through Neon's proxy a connection that is refused looks like one that broke.
test.skipIf(usesNeon(url))("nobody listens: a sentence says so", async () => {
  expect(await said(changed((at) => (at.port = "1")))).toContain("No PostgreSQL answers there");
});

test.each([
  ["there is no such database", changed((at) => (at.pathname = "/nowhere")), "It has no such database"],
  ["the password is wrong", changed((at) => (at.password = "wrong-one")), "refused the user or the password"],
  ["it is no address", "localhost:5432/name", "Write it as postgres://"],
  ["it is another system's", "mysql://root@localhost/name", "Write it as postgres://"],
])("%s: a sentence says what to do, without the password", async (_, address, sentence) => {
  const words = await said(address);
  expect(words).toContain(sentence);
  expect(words).not.toContain("wrong-one");
});

test("a bug of ours is none of the person's business", () => {
  expect(unreachableSentence(new Error("x is not a function"), url)).toBeUndefined();
});

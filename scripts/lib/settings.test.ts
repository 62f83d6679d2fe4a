import { expect, test } from "vitest";
import { embeddedEnvironment, originOf, productionEnvironment } from "./settings.mjs";

const secrets = { session: "s", encryptionKey: "e", keyPepper: "p", audit: "a", journalKey: "j" };

test("the address people use is localhost until it is given", () => {
  expect(originOf({}, 3000)).toBe("http://localhost:3000");
  expect(originOf({ NEXTAUTH_URL: "https://other.example" }, 3000)).toBe("https://other.example");
});

test.each([
  ["https://desk.example", "https://desk.example"],
  ["https://desk.example/", "https://desk.example"],
  ["HTTPS://Desk.Example:443/", "https://desk.example"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
])("COUNTERSIGN_ORIGIN=%s is the origin %s, as browsers write it", (given, origin) => {
  const env = { COUNTERSIGN_ORIGIN: given };
  expect(originOf(env, 3000)).toBe(origin);
  const ours = productionEnvironment({ env, secrets, port: 3000 });
  expect([ours.COUNTERSIGN_ORIGIN, ours.NEXTAUTH_URL]).toEqual([origin, origin]);
  const places = { databaseUrl: "", billingPort: 1, mailboxPort: 2, dataDir: "/nowhere" };
  expect(embeddedEnvironment({ env, secrets, port: 3000, ...places }).COUNTERSIGN_ORIGIN).toBe(origin);
});

test.each([
  ["desk.example", "Write it with https://"],
  ["desk.example:8080", "Write it with https://"],
  ["ftp://desk.example", "Write it with https://"],
  ["https://desk.example/countersign", "has a path of its own"],
  ["https://desk.example/?a=1", "has a path of its own"],
  ["https://someone@desk.example", "a name or password"],
])("COUNTERSIGN_ORIGIN=%s is refused at the start, with a sentence", (given, sentence) => {
  expect(() => originOf({ COUNTERSIGN_ORIGIN: given }, 3000)).toThrow(sentence);
});

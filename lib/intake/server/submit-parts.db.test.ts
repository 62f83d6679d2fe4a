import { setTimeout as wait } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { decisions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import type { Context } from "@/lib/server/context";
import { submitDecisions } from "./submit-decisions";
import { aSubmission as aSubmissionOf, created, type Changes } from "./testing-submissions";

const { db } = await testDatabase();
process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";

let org: TestOrg;
let desk: TestDesk;
let key: Context;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org, {
    autonomy: { level: "auto", threshold: 0.9, declineThreshold: 0.9, auditRate: 1, amountCap: 5000 },
  });
  key = await org.keyOf(desk.app, ["decisions:write"]);
});

const aSubmission = (changes?: Changes) => aSubmissionOf(desk, key, changes);

test("a set of many parts is one set: of a key that comes twice the first counts, answers come in order", async () => {
  const set = Array.from({ length: 300 }, (_, at) =>
    aSubmission({ idempotencyKey: `k-${at === 299 ? 0 : at}` }),
  );
  // The first part is slow: the second would be there before it.
  const slow = watched({ before: (nth) => (nth === 0 ? wait(300) : undefined) });
  const outcomes = await submitDecisions({ ...org.system, db: slow.db }, set);
  expect(outcomes.slice(0, 299).every(({ kind }) => kind === "created")).toBe(true);
  expect(outcomes[299]).toMatchObject({ kind: "replayed", decisionId: created(outcomes[0]).plan.id });
  expect(await stored()).toBe(299);
  expect(slow.most()).toBe(1);
});

test("two parts of a set are written at once, and no more", async () => {
  const set = Array.from({ length: 1000 }, () => aSubmission());
  const slow = watched({ before: () => wait(50) });
  const outcomes = await submitDecisions({ ...org.system, db: slow.db }, set);
  expect(outcomes.every(({ kind }) => kind === "created")).toBe(true);
  expect(slow.most()).toBe(2);
});

test("a set whose database goes away in between is completed when it is sent again", async () => {
  const set = Array.from({ length: 300 }, (_, at) => aSubmission({ idempotencyKey: `k-${at}` }));
  const gone = Object.assign(new Error("terminating connection"), { code: "57P01" });
  const leaving = watched({ before: (nth) => (nth > 0 ? Promise.reject(gone) : undefined) });
  await expect(submitDecisions({ ...org.system, db: leaving.db }, set)).rejects.toThrow(gone.message);
  expect(await stored()).toBe(100);
  const outcomes = await submitDecisions(org.system, set);
  expect(outcomes.slice(0, 100).every(({ kind }) => kind === "replayed")).toBe(true);
  expect(outcomes.slice(100).every(({ kind }) => kind === "created")).toBe(true);
  expect(await stored()).toBe(300);
});

test("a large part in which a key was used, or comes twice, is written without it", async () => {
  const used = aSubmission({ idempotencyKey: "k-70" });
  const [first] = await submitDecisions(org.system, [used]);
  const set = Array.from({ length: 120 }, (_, at) =>
    aSubmission({ idempotencyKey: `k-${at === 119 ? 20 : at}` }),
  );
  const writes = watched({ before: () => undefined });
  const outcomes = await submitDecisions({ ...org.system, db: writes.db }, set);
  expect(outcomes[70]).toMatchObject({ kind: "replayed", decisionId: created(first).plan.id });
  expect(outcomes.filter(({ kind }) => kind === "created")).toHaveLength(118);
  expect(outcomes[119]).toMatchObject({ kind: "replayed", decisionId: created(outcomes[20]).plan.id });
  expect(await stored()).toBe(119);
  // As if all were new, and again without the one that was used.
  expect(writes.count()).toBe(2);
});

test("a part whose keys are all new is written once, whatever its size", async () => {
  for (const size of [1, 63, 64, 128]) {
    const writes = watched({ before: () => undefined });
    await submitDecisions(
      { ...org.system, db: writes.db },
      Array.from({ length: size }, () => aSubmission()),
    );
    expect(writes.count()).toBe(1);
  }
});

test("what the database refuses fails alone, in whichever part it stands", async () => {
  // A NUL is refused at the edge; here it stands for whatever only the database objects to.
  const set = Array.from({ length: 300 }, (_, at) =>
    aSubmission({ body: { input: { message: at === 200 ? "a\u0000b" : "charged twice" } } }),
  );
  const outcomes = await submitDecisions(org.system, set);
  expect(outcomes[200]).toMatchObject({ kind: "refused", error: { code: "validation_failed" } });
  expect(outcomes.filter(({ kind }) => kind === "created")).toHaveLength(299);
  expect(await stored()).toBe(299);
});

test.each(["55P03", "40P01", "57014"])(
  "what gives way to somebody else (%s) is no refusal: it may be sent again",
  async (code) => {
    const giving = watched({ before: () => Promise.reject(Object.assign(new Error("busy"), { code })) });
    const one = [aSubmission({ idempotencyKey: "once" })];
    await expect(submitDecisions({ ...org.system, db: giving.db }, one)).rejects.toThrow("busy");
    expect((await submitDecisions(org.system, one))[0]).toMatchObject({ kind: "created" });
  },
);

const stored = () => db.$count(decisions, eq(decisions.orgId, org.orgId));

/**
 * The database, with something before each write of decisions (counted from 0), how many there were, and how many were
 * under way at most.
 */
function watched({ before }: { before: (nth: number) => Promise<unknown> | undefined }) {
  let [writes, underWay, most] = [0, 0, 0];
  const { session } = db._;
  const watching = new Proxy(session, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      if (name !== "prepareQuery" || typeof own !== "function") return own;
      return (query: { sql: string }, ...rest: unknown[]) => {
        const prepared = own.call(target, query, ...rest) as { execute: () => Promise<unknown> };
        if (!query.sql.includes("insert into decisions")) return prepared;
        const execute = async () => {
          most = Math.max(most, ++underWay);
          try {
            await before(writes++);
            return await prepared.execute();
          } finally {
            underWay -= 1;
          }
        };
        return { execute };
      };
    },
  });
  const seen = new Proxy(db, {
    get: (target, name) =>
      name === "_" ? { ...target._, session: watching } : (Reflect.get(target, name) as unknown),
  });
  return { db: seen, most: () => most, count: () => writes };
}

import { setTimeout as wait } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { decisions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import type { Context } from "@/lib/server/context";
import { submitDecisions } from "./submit-decisions";
import { watchWrites } from "./testing-watch-writes";
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
  const slow = watchWrites(db, { before: (nth) => (nth === 0 ? wait(300) : undefined) });
  const outcomes = await submitDecisions({ ...org.system, db: slow.db }, set);
  expect(outcomes.slice(0, 299).every(({ kind }) => kind === "created")).toBe(true);
  expect(outcomes[299]).toMatchObject({ kind: "replayed", decisionId: created(outcomes[0]).plan.id });
  expect(await stored()).toBe(299);
  expect(slow.most()).toBe(1);
});

test("two parts of a set are written at once, and no more", async () => {
  const set = Array.from({ length: 1000 }, () => aSubmission());
  const slow = watchWrites(db, { before: () => wait(50) });
  const outcomes = await submitDecisions({ ...org.system, db: slow.db }, set);
  expect(outcomes.every(({ kind }) => kind === "created")).toBe(true);
  expect(slow.most()).toBe(2);
});

test("a set whose database goes away in between is completed when it is sent again", async () => {
  const set = Array.from({ length: 300 }, (_, at) => aSubmission({ idempotencyKey: `k-${at}` }));
  const gone = Object.assign(new Error("terminating connection"), { code: "57P01" });
  const leaving = watchWrites(db, { before: (nth) => (nth > 0 ? Promise.reject(gone) : undefined) });
  await expect(submitDecisions({ ...org.system, db: leaving.db }, set)).rejects.toThrow(gone.message);
  expect(await stored()).toBe(150);
  const outcomes = await submitDecisions(org.system, set);
  expect(outcomes.slice(0, 150).every(({ kind }) => kind === "replayed")).toBe(true);
  expect(outcomes.slice(150).every(({ kind }) => kind === "created")).toBe(true);
  expect(await stored()).toBe(300);
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
    const giving = watchWrites(db, {
      before: () => Promise.reject(Object.assign(new Error("busy"), { code })),
    });
    const one = [aSubmission({ idempotencyKey: "once" })];
    await expect(submitDecisions({ ...org.system, db: giving.db }, one)).rejects.toThrow("busy");
    expect((await submitDecisions(org.system, one))[0]).toMatchObject({ kind: "created" });
  },
);

const stored = () => db.$count(decisions, eq(decisions.orgId, org.orgId));

import { eq } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { beforeEach, expect, test } from "vitest";
import {
  decisionFindings,
  decisions,
  events,
  executions,
  journal,
  moderationAgents,
  reviews,
} from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/server/context";
import { submitDecisions } from "./submit-decisions";
import { aSubmission as aSubmissionOf, created, type Changes } from "./testing-submissions";
import { watchWrites } from "./testing-watch-writes";

const { db } = await testDatabase();
process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";
const allNew = { allNew: true };

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
/** One that runs, one that is declined, one for a person, and one in which there is something to find. */
const bodies = [
  {},
  { proposal: { predicted: "negative", arguments: { invoice: "INV-1", amount: 1800, currency: "EUR" } } },
  { confidence: 0.5 },
  { input: { message: "write to me at somebody@example.com" } },
];

/** Everything that belongs to these decisions is there, once, as it was answered; and nothing else. */
async function expectWhole(made: ReturnType<typeof created>[]): Promise<void> {
  const own = <T extends { orgId: PgColumn }>(table: T) => eq(table.orgId, org.orgId);
  const [kept, opened, executed, told, found, journalled] = await Promise.all([
    db.select().from(decisions).where(own(decisions)),
    db.select().from(reviews).where(own(reviews)),
    db.select().from(executions).where(own(executions)),
    db.select().from(events).where(own(events)),
    db.select().from(decisionFindings).where(own(decisionFindings)),
    db.select().from(journal).where(own(journal)),
  ]);
  const sorted = (values: (string | null | undefined)[]) =>
    values.filter((value) => value != null).toSorted();
  const rows = new Map(kept.map((row) => [row.id, row]));
  const dues = new Map(opened.map((row) => [row.id, row.dueAt?.toISOString()]));
  expect(sorted([...rows.keys()])).toEqual(sorted(made.map(({ plan }) => plan.id)));
  expect(sorted([...dues.keys()])).toEqual(sorted(made.map(({ reviewId }) => reviewId)));
  expect(sorted(executed.map(({ id }) => id))).toEqual(sorted(made.map(({ executionId }) => executionId)));
  expect(sorted(told.map(({ decisionId }) => decisionId))).toEqual(sorted([...rows.keys()]));
  expect(sorted(found.map(({ decisionId }) => decisionId))).toEqual(
    sorted(made.filter(({ plan }) => plan.findings.length > 0).map(({ plan }) => plan.id)),
  );
  const items = journalled.flatMap(({ entry }) => (JSON.parse(entry) as Entry).data.items);
  expect(sorted(items.map((item) => item.split(" ")[0]))).toEqual(sorted([...rows.keys()]));
  for (const { plan, createdAt, reviewId, dueAt } of made) {
    expect(rows.get(plan.id)?.createdAt.toISOString()).toBe(createdAt);
    if (reviewId !== null) expect(dues.get(reviewId)).toBe(dueAt);
  }
}

type Entry = { data: { items: string[] } };

const stored = () => db.$count(decisions, eq(decisions.orgId, org.orgId));

test("a set that is taken for new is written with all that belongs to it, in as many statements as it has parts", async () => {
  await db.insert(moderationAgents).values({
    id: newId("moderationAgent"),
    orgId: org.orgId,
    key: "pii",
    kind: "pii",
    name: "Personal data",
    config: { thresholds: { email: 0.5 } },
    updatedBy: "system:test",
  });
  const set = Array.from({ length: 300 }, (_, at) =>
    aSubmission({ idempotencyKey: `k-${at}`, body: bodies[at % bodies.length] }),
  );
  const writes = watchWrites(db);
  const outcomes = await submitDecisions({ ...org.system, db: writes.db }, set, allNew);
  expect(writes.count()).toBe(2);
  const made = outcomes.map(created);
  expect(new Set(made.map(({ plan }) => plan.routing.route))).toEqual(
    new Set(["execute", "review", "decline"]),
  );
  expect(made.filter(({ plan }) => plan.findings.length > 0)).toHaveLength(75);
  await expectWhole(made);
});

test("a set that is taken for new is written without the one key that was used, and from then on asks", async () => {
  const [first] = await submitDecisions(org.system, [aSubmission({ idempotencyKey: "k-70" })]);
  const set = Array.from({ length: 600 }, (_, at) => aSubmission({ idempotencyKey: `k-${at}` }));
  const writes = watchWrites(db);
  const outcomes = await submitDecisions({ ...org.system, db: writes.db }, set, allNew);
  expect(outcomes[70]).toMatchObject({ kind: "replayed", decisionId: created(first).plan.id });
  // Its part twice; two parts that were composed by then are right as they are.
  expect(writes.count()).toBe(4);
  await expectWhole([first, ...outcomes.toSpliced(70, 1)].map(created));
  const again = watchWrites(db);
  const replays = await submitDecisions({ ...org.system, db: again.db }, set, allNew);
  expect(replays.every(({ kind }) => kind === "replayed")).toBe(true);
  // No part is tried more than twice.
  expect(again.count()).toBeLessThanOrEqual(6);
  expect(await stored()).toBe(600);
});

test("one in which a key comes twice is asked for from the beginning", async () => {
  const set = Array.from({ length: 120 }, (_, at) =>
    aSubmission({ idempotencyKey: `k-${at === 119 ? 20 : at}` }),
  );
  const writes = watchWrites(db);
  const outcomes = await submitDecisions({ ...org.system, db: writes.db }, set, allNew);
  expect(outcomes[119]).toMatchObject({ kind: "replayed", decisionId: created(outcomes[20]).plan.id });
  expect(writes.count()).toBe(1);
  expect(await stored()).toBe(119);
});

test.each(["55P03", "40P01", "57014", "57P01", "08006"])(
  "one whose statement fails is written once, for it may stand: %s",
  async (code) => {
    const failing = watchWrites(db, {
      before: () => Promise.reject(Object.assign(new Error("gone"), { code })),
    });
    const set = Array.from({ length: 120 }, () => aSubmission());
    await expect(submitDecisions({ ...org.system, db: failing.db }, set, allNew)).rejects.toThrow("gone");
    expect(failing.count()).toBe(1);
  },
);

test("one whose connection breaks after the commit is met when it is sent again", async () => {
  const set = Array.from({ length: 120 }, (_, at) => aSubmission({ idempotencyKey: `k-${at}` }));
  const gone = Object.assign(new Error("terminating connection"), { code: "57P01" });
  const breaking = watchWrites(db, { after: () => Promise.reject(gone) });
  await expect(submitDecisions({ ...org.system, db: breaking.db }, set, allNew)).rejects.toThrow();
  expect(breaking.count()).toBe(1);
  const outcomes = await submitDecisions(org.system, set, allNew);
  expect(outcomes.every(({ kind }) => kind === "replayed")).toBe(true);
  expect(await stored()).toBe(120);
});

test("what is gathered is never taken for new", async () => {
  const set = Array.from({ length: 120 }, (_, at) => aSubmission({ idempotencyKey: `k-${at}` }));
  await submitDecisions(org.system, set.slice(0, 1));
  const writes = watchWrites(db);
  await submitDecisions({ ...org.system, db: writes.db }, set);
  expect(writes.count()).toBe(1);
});

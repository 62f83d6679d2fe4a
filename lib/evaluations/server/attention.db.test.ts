import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { setReview } from "@/lib/reviews/server/testing";
import { getAttention } from "./get-attention";

const { db } = await testDatabase();
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

/** A closed review that somebody looked at for so many seconds. */
async function aLook(org: TestOrg, desk: TestDesk, seconds: number) {
  const { id, reviewId } = await aDecision(db, org, desk);
  const who = `user:${org.reviewer.actor.id}`;
  await setReview(db, reviewId ?? "", {
    status: "resolved",
    verdict: "decline",
    claimedBy: who,
    claimedAt: ago(seconds + 60),
    stagedAt: ago(60),
    resolvedBy: who,
    resolvedAt: ago(55),
  });
  await db
    .update(schema.decisions)
    .set({ status: "declined", decidedBy: who })
    .where(sql`id = ${id}`);
}

test("a queue's arithmetic: handling of those who looked, hours of those who are there, what is late and the last one reached", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  await db
    .update(schema.queues)
    .set({ hoursPerDay: 1 })
    .where(sql`id = ${desk.queue}`);
  // 1800 s counts as the lease of 900: somebody had left. Mean (300 + 600 + 900) / 3 = 600.
  // On the list and to many at once one is held from the moment of the verdict: that timed nothing.
  for (const seconds of [300, 600, 1800, 0, 0]) await aLook(org, desk, seconds);
  const open: (string | null)[] = [];
  for (let index = 0; index < 8; index += 1) {
    const { reviewId } = await aDecision(db, org, desk);
    open.push(reviewId);
    await setReview(db, reviewId ?? "", { dueAt: new Date(Date.now() + (index + 1) * 3_600_000) });
  }
  const { queues } = await getAttention(org.admin);
  const [queue] = queues;
  expect(queue).toMatchObject({ waiting: 8, people: 1, hours_per_day: 1, handled_per_day: 6 });
  expect(queue?.handling).toMatchObject({ n: 3, p75_seconds: 750 });
  expect(queue?.handling.mean_seconds).toBeCloseTo(600, 1);
  // One each four hours: the first is due after one.
  expect(queue?.late).toEqual({ count: 8, of: 8 });
  expect(queue?.marginal).toMatchObject({ place: 6, review_id: open[5], is_last_waiting: false });
  // Thirteen in the only hour there was.
  expect(queue).toMatchObject({
    arrivals_per_hour: 13,
    arrivals_per_day: 312,
    utilisation: 52,
    days_to_clear: null,
  });
});

test("who is away is no capacity, and who works in two queues gives each a half", async () => {
  const org = await anOrg(db);
  const [first, second] = [await aRefundDesk(db, org), await aRefundDesk(db, org)];
  const other = await org.person("reviewer");
  await db.insert(schema.queueMembers).values([
    { queueId: first.queue, userId: org.reviewer.actor.id, orgId: org.orgId },
    { queueId: second.queue, userId: org.reviewer.actor.id, orgId: org.orgId },
    { queueId: second.queue, userId: other.actor.id, orgId: org.orgId },
  ]);
  const hours = async () =>
    new Map(
      (await getAttention(org.admin)).queues.map(({ queue, hours_per_day }) => [queue.id, hours_per_day]),
    );
  expect(await hours()).toEqual(
    new Map([
      [first.queue, 3],
      [second.queue, 9],
    ]),
  );
  await db
    .insert(schema.userSettings)
    .values({ userId: other.actor.id, orgId: org.orgId, awayUntil: new Date(Date.now() + 86_400_000) });
  expect(await hours()).toEqual(
    new Map([
      [first.queue, 3],
      [second.queue, 3],
    ]),
  );
});

test("another threshold: what moves a day, and what goes wrong by weighted labels or nothing at all", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { autonomy: { level: "auto", threshold: 0.9 } });
  const alone = { status: "approved", route: "execute", level: "auto" } as const;
  const below = [{ kind: "threshold" as const, code: "below_threshold", message: "" }];
  await aDecision(db, org, desk, { ...alone, confidence: 0.905, createdAt: ago(86_400) });
  await aDecision(db, org, desk, { ...alone, confidence: 0.93 });
  await aDecision(db, org, desk, { ...alone, confidence: 0.99 });
  await aDecision(db, org, desk, { confidence: 0.87, reasons: below });
  // Held back by a cap as well: a lower threshold would not free it.
  await aDecision(db, org, desk, {
    confidence: 0.88,
    reasons: [...below, { kind: "cap", code: "over_cap", message: "" }],
  });
  for (let index = 0; index < 40; index += 1) {
    await aDecision(db, org, desk, {
      ...alone,
      status: "recorded",
      route: "shadow",
      confidence: 0.92,
      truth: index < 10 ? "negative" : "positive",
      truthSource: "audit",
      truthPi: 0.5,
    });
  }
  const [one] = (await getAttention(org.auditor)).thresholds;
  expect(one).toMatchObject({ threshold: 0.9, error_above: { value: 0.25, n: 40 }, error_below: null });
  const of = (by: number) => one?.changes.find((change) => change.by === by);
  expect(of(0.01)?.reviews_per_day).toBeCloseTo(1, 2);
  expect(of(0.05)?.reviews_per_day).toBeCloseTo(2, 2);
  expect(of(0.05)?.wrong_per_week?.value).toBeCloseTo(-3.5, 2);
  expect(of(-0.05)?.reviews_per_day).toBeCloseTo(-1, 2);
  expect(of(-0.05)?.wrong_per_week).toBeNull();
  expect(of(-0.01)?.reviews_per_day).toBeCloseTo(0, 2);
});

test("reviewers' hours by app are told without anybody's name; a key is refused", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  await aLook(org, desk, 360);
  const told = await getAttention(org.reviewer);
  expect(told.hours_by_app).toHaveLength(1);
  expect(told.hours_by_app[0]).toMatchObject({ app: { id: desk.app }, reviews: 1 });
  expect(told.hours_by_app[0]?.hours_7d).toBeCloseTo(0.1, 3);
  expect(JSON.stringify(told)).not.toContain(org.reviewer.actor.id);
  const key = await org.keyOf(desk.app, ["decisions:read"]);
  await expect(getAttention(key)).rejects.toMatchObject({ kind: "forbidden" });
});

import { eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { getAttention } from "@/lib/evaluations/server/get-attention";
import { systemContext } from "@/lib/identity/server/system-context";
import { actorName } from "@/lib/server/context";
import { claimNextReview } from "./claim-next-review";
import { listReviews } from "./list-reviews";
import { refreshHandling } from "./refresh-handling";
import { setReview, storedReview } from "./testing";
import { aQueue } from "./testing-queues";

const { db } = await testDatabase();
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

/** Reviews of a desk's type that a person looked at for so many seconds each. */
async function looks(org: TestOrg, desk: TestDesk, seconds: number[]) {
  const who = actorName(org.reviewer.actor);
  for (const look of seconds) {
    const { id, reviewId } = await aDecision(db, org, desk);
    await setReview(db, reviewId ?? "", {
      status: "resolved",
      verdict: "decline",
      claimedBy: who,
      claimedAt: ago(look + 60),
      stagedAt: ago(60),
      resolvedBy: who,
      resolvedAt: ago(55),
    });
    await db
      .update(schema.decisions)
      .set({ status: "declined", decidedBy: who })
      .where(eq(schema.decisions.id, id));
  }
}

/** Waits in a queue, with that much at stake. */
async function waiting(org: TestOrg, desk: TestDesk, queueId: string, expectedLoss: number | null) {
  const { reviewId } = await aDecision(db, org, desk);
  await setReview(db, reviewId ?? "", { queueId, expectedLoss });
  return reviewId ?? "";
}

async function secondsOf(...desks: TestDesk[]): Promise<(number | undefined)[]> {
  const rows = await db
    .select()
    .from(schema.decisionTypes)
    .where(
      inArray(
        schema.decisionTypes.id,
        desks.map(({ type }) => type),
      ),
    );
  return desks.map(({ type }) => rows.find(({ id }) => id === type)?.handlingSeconds);
}

const times = (n: number, seconds: number) => Array.from({ length: n }, () => seconds);
const worker = (org: TestOrg) => systemContext(db, org.orgId, "test");

test("each type takes as long as people took, drawn towards what all types take", async () => {
  const org = await anOrg(db);
  const [quick, slow, unseen] = [
    await aRefundDesk(db, org),
    await aRefundDesk(db, org),
    await aRefundDesk(db, org),
  ];
  expect(await secondsOf(quick, slow, unseen)).toEqual([60, 60, 60]);
  await looks(org, quick, times(10, 6));
  await looks(org, slow, times(10, 300));
  expect(await refreshHandling(worker(org))).toEqual({ types: 3, reviews: 0 });
  // All: (20 × 153 + 20 × 60) / 40 = 106.5; quick: (10 × 6 + 20 × 106.5) / 30; slow: (10 × 300 + 20 × 106.5) / 30.
  const seconds = await secondsOf(quick, slow, unseen);
  expect(seconds[0]).toBeCloseTo(73, 1);
  expect(seconds[1]).toBeCloseTo(171, 1);
  expect(seconds[2]).toBeCloseTo(106.5, 1);
  expect(await refreshHandling(worker(org))).toEqual({ types: 0, reviews: 0 });
});

test("a verdict without a look says nothing of how long one takes, and a small change moves nothing", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  await looks(org, desk, [...times(8, 0), ...times(4, 66)]);
  // (4 × 66 + 20 × 61) / 24 = 61.8: within a twentieth of what was assumed.
  expect(await refreshHandling(worker(org))).toEqual({ types: 0, reviews: 0 });
  expect(await secondsOf(desk)).toEqual([60]);
});

test("of equal losses the one that takes a person less time goes first: claimed, listed, walked and budgeted alike", async () => {
  const org = await anOrg(db);
  const [quick, slow] = [await aRefundDesk(db, org), await aRefundDesk(db, org)];
  const queue = await aQueue(db, org, { order: "expected_loss", hoursPerDay: 0.75 });
  const unknown = await waiting(org, slow, queue, null);
  const long = await waiting(org, slow, queue, 1000);
  const short = await waiting(org, quick, queue, 1000);
  const dear = await waiting(org, slow, queue, 9000);
  const cheap = await waiting(org, quick, queue, 10);
  const order = async () =>
    (await listReviews(org.reviewer, { tab: "unclaimed", queue, limit: 10 })).data.map(({ id }) => id);
  expect(await order()).toEqual([dear, long, short, cheap, unknown]);
  await looks(org, quick, times(40, 10));
  await looks(org, slow, times(40, 200));
  expect(await refreshHandling(worker(org))).toEqual({ types: 2, reviews: 4 });
  const expected = [dear, short, long, cheap, unknown];
  expect(await order()).toEqual(expected);
  const [{ lossPerMinute, expectedLoss }, [seconds]] = [
    await storedReview(db, short),
    await secondsOf(quick),
  ];
  expect(lossPerMinute).toBeCloseTo(((expectedLoss ?? 0) * 60) / (seconds ?? 0), 9);
  // A third of 45 minutes a day, for they work in three queues, is two reviews of 450 seconds.
  await looks(org, { ...quick, queue }, [450]);
  const attention = (await getAttention(org.admin)).queues.find((one) => one.queue.id === queue);
  expect(attention?.marginal).toMatchObject({ review_id: short, place: 2, loss_per_minute: lossPerMinute });
  const handed = [];
  for (let i = 0; i < expected.length; i += 1)
    handed.push((await claimNextReview(org.reviewer, { queue, exclude: [] })).review?.id);
  expect(handed).toEqual(expected);
});

test("what opens later is rated by what is known then; another organisation's keeps its own", async () => {
  const [org, other] = [await anOrg(db), await anOrg(db)];
  const [desk, theirs] = [await aRefundDesk(db, org), await aRefundDesk(db, other)];
  const queue = await aQueue(db, other, { order: "expected_loss" });
  const kept = await waiting(other, theirs, queue, 600);
  await looks(org, desk, times(100, 240));
  await refreshHandling(worker(org));
  const [seconds] = await secondsOf(desk);
  const opened = await waiting(org, desk, await aQueue(db, org, { order: "expected_loss" }), 600);
  expect((await storedReview(db, opened)).lossPerMinute).toBeCloseTo(36_000 / (seconds ?? 0), 9);
  expect((await storedReview(db, kept)).lossPerMinute).toBe(600);
  await setReview(db, opened, { expectedLoss: null });
  expect((await storedReview(db, opened)).lossPerMinute).toBeNull();
});

test("a long queue is rated in turns, and only by the worker", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const queue = await aQueue(db, org, { order: "expected_loss" });
  const { id } = await aDecision(db, org, desk);
  const [one] = await db.select().from(schema.reviews).where(eq(schema.reviews.decisionId, id));
  const copies = Array.from({ length: 1203 }, (_, at) => ({
    ...one,
    id: `rev_${String(at).padStart(26, "0")}`,
    orgId: org.orgId,
    decisionId: `dec_${at}`,
    appId: desk.app,
    typeId: desk.type,
    queueId: queue,
    dueAt: new Date(),
    expectedLoss: at + 1,
  }));
  await db.insert(schema.reviews).values(copies);
  await db
    .update(schema.decisionTypes)
    .set({ handlingSeconds: 30 })
    .where(eq(schema.decisionTypes.id, desk.type));
  expect(await refreshHandling(worker(org))).toMatchObject({ types: 1 });
  await db.update(schema.reviews).set({ lossPerMinute: 0 }).where(eq(schema.reviews.queueId, queue));
  expect(await refreshHandling(worker(org))).toEqual({ types: 0, reviews: 1203 });
  await expect(refreshHandling(org.admin)).rejects.toMatchObject({ kind: "forbidden" });
});

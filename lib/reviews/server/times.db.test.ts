import { eq } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { timeoutActions, type TimeoutAction } from "@/lib/apps/schema";
import { claimReview } from "./claim-review";
import { expireOverdueReviews } from "./expire-overdue-reviews";
import { anOpenReview, minutesFromNow, setReview, storedDecision, storedReview, traces } from "./testing";
import { aQueue, setQueue } from "./testing-queues";
import { warnDueReviews } from "./warn-due-reviews";

const { db } = await testDatabase();
const minutesLeft = (at: Date) => (at.getTime() - Date.now()) / 60_000;

describe("when half of a review's time is gone", () => {
  test("it is marked and told, once", async () => {
    const { org, reviewId, decisionId, more } = await anOpenReview(db, { autonomy: { slaMinutes: 60 } });
    await setReview(db, reviewId, { createdAt: minutesFromNow(-31), dueAt: minutesFromNow(29) });
    const { reviewId: early } = await more();
    await setReview(db, early, { createdAt: minutesFromNow(-29), dueAt: minutesFromNow(31) });
    expect(await warnDueReviews(org.system)).toBe(1);
    expect((await storedReview(db, reviewId)).warnedAt).not.toBeNull();
    expect((await storedReview(db, early)).warnedAt).toBeNull();
    expect((await traces(db, decisionId, reviewId)).events).toEqual(["review.sla_warning"]);
    expect(await warnDueReviews(org.system)).toBe(0);
  });

  test("of its own time: a further approval that has a quarter of an hour is not warned of at once", async () => {
    const { org, reviewId } = await anOpenReview(db, { autonomy: { slaMinutes: 240 } });
    await setReview(db, reviewId, {
      createdAt: minutesFromNow(-1),
      dueAt: minutesFromNow(14),
      kind: "second",
    });
    expect(await warnDueReviews(org.system)).toBe(0);
    await setReview(db, reviewId, { createdAt: minutesFromNow(-8), dueAt: minutesFromNow(7) });
    expect(await warnDueReviews(org.system)).toBe(1);
  });

  test("once it is due anew, of the time it has in its queue by its severity", async () => {
    const { org, desk, reviewId } = await anOpenReview(db, { autonomy: { slaMinutes: 60 } });
    const escalated = { escalationLevel: 1, severity: "high", createdAt: minutesFromNow(-90) } as const;
    await setReview(db, reviewId, { ...escalated, dueAt: minutesFromNow(31) });
    expect(await warnDueReviews(org.system)).toBe(0);
    await setQueue(db, desk.queue, { slaMinutes: { high: 80 } });
    expect(await warnDueReviews(org.system)).toBe(1);
  });

  test("nobody but the system says so", async () => {
    const { org } = await anOpenReview(db);
    for (const ctx of [org.admin, org.reviewer])
      await expect(warnDueReviews(ctx)).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("what a queue escalates", () => {
  test("goes to the queue that takes it, due by its times and warned of anew, and is nobody's there", async () => {
    const { org, desk, reviewId, decisionId } = await anOpenReview(db, {
      autonomy: { slaMinutes: 60, onTimeout: "hold" },
    });
    const upper = await aQueue(db, org, {
      slaMinutes: { high: 20 },
      onTimeout: "decline",
      order: "expected_loss",
    });
    await setQueue(db, desk.queue, { onTimeout: "escalate", escalateToId: upper });
    await setReview(db, reviewId, {
      dueAt: minutesFromNow(-1),
      severity: "high",
      warnedAt: new Date(),
      assignedTo: "user:x",
    });
    expect(await expireOverdueReviews(org.system)).toMatchObject({ escalated: 1 });
    const moved = await storedReview(db, reviewId);
    expect(moved).toMatchObject({
      queueId: upper,
      status: "open",
      escalationLevel: 1,
      warnedAt: null,
      assignedTo: null,
    });
    expect(moved.expectedLoss).toBeCloseTo(0.2 * 1800, 6);
    expect(minutesLeft(moved.dueAt)).toBeCloseTo(20, 0);
    const [told] = await db.select().from(schema.events).where(eq(schema.events.subject, reviewId));
    expect(told).toMatchObject({ type: "review.escalated", data: { from_queue: desk.queue, queue: upper } });
    await setReview(db, reviewId, { dueAt: minutesFromNow(-1) });
    expect(await expireOverdueReviews(org.system)).toMatchObject({ declined: 1 });
    expect((await storedDecision(db, decisionId)).status).toBe("declined");
  });

  test("stays, due anew by the queue's times, where none takes it or that one is archived", async () => {
    const { org, desk, reviewId } = await anOpenReview(db);
    const gone = await aQueue(db, org, { archivedAt: new Date() });
    await setQueue(db, desk.queue, { slaMinutes: { low: 10 }, escalateToId: gone });
    await setReview(db, reviewId, { dueAt: minutesFromNow(-1), severity: "low" });
    expect(await expireOverdueReviews(org.system)).toMatchObject({ escalated: 1 });
    const stays = await storedReview(db, reviewId);
    expect(stays.queueId).toBe(desk.queue);
    expect(minutesLeft(stays.dueAt)).toBeCloseTo(10, 0);
  });

  test("two queues that escalate into each other come to an end", async () => {
    const { org, desk, reviewId, decisionId } = await anOpenReview(db);
    const other = await aQueue(db, org, { onTimeout: "escalate", escalateToId: desk.queue });
    await setQueue(db, desk.queue, { onTimeout: "escalate", escalateToId: other });
    for (let i = 0; i < 8; i++) {
      await setReview(db, reviewId, { dueAt: minutesFromNow(-1) });
      await expireOverdueReviews(org.system);
    }
    expect(await storedReview(db, reviewId)).toMatchObject({ escalationLevel: 5, status: "open" });
    expect((await storedReview(db, reviewId)).timedOutAt).not.toBeNull();
    expect((await storedDecision(db, decisionId)).status).toBe("in_review");
  });
});

const anAction = fc.option(fc.constantFrom(...timeoutActions), { nil: null });
const aCase = fc.record({
  queue: anAction,
  autonomy: fc.constantFrom(...timeoutActions),
  upper: anAction,
  escalates: fc.boolean(),
  held: fc.boolean(),
  snoozed: fc.boolean(),
  severity: fc.constantFrom("low" as const, "medium" as const, "high" as const),
});

test("whatever is configured, every overdue review follows its on-timeout, none is approved, and a live lease stops the clock", async () => {
  await fc.assert(
    fc.asyncProperty(aCase, async (given) => {
      const { org, desk, reviewId, decisionId } = await anOpenReview(db, {
        autonomy: { onTimeout: given.autonomy },
      });
      const upper = await aQueue(db, org, { onTimeout: given.upper });
      await setQueue(db, desk.queue, {
        onTimeout: given.queue,
        escalateToId: given.escalates ? upper : null,
      });
      if (given.held) await claimReview(org.reviewer, { reviewId });
      else if (given.snoozed)
        await setReview(db, reviewId, { status: "snoozed", snoozedUntil: minutesFromNow(5) });
      await setReview(db, reviewId, { dueAt: minutesFromNow(-1), severity: given.severity });
      const first = given.queue ?? given.autonomy;
      await expireOverdueReviews(org.system);
      if (given.held) {
        expect(await storedReview(db, reviewId)).toMatchObject({
          status: "claimed",
          escalationLevel: 0,
          timedOutAt: null,
        });
        await setReview(db, reviewId, { leaseUntil: minutesFromNow(-1) });
        await expireOverdueReviews(org.system);
      }
      await follows(first, { reviewId, decisionId });
      if (first === "escalate") {
        await setReview(db, reviewId, { dueAt: minutesFromNow(-1) });
        await expireOverdueReviews(org.system);
        const second = given.escalates ? (given.upper ?? given.autonomy) : "hold";
        // A second escalation needs a queue that takes it; else it is only marked.
        await follows(second === "escalate" ? "hold" : second, { reviewId, decisionId }, { escalated: true });
      }
      const decision = await storedDecision(db, decisionId);
      expect(["in_review", "declined"]).toContain(decision.status);
      expect((await traces(db, decisionId, reviewId)).executions).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 120_000);

type Which = { reviewId: string; decisionId: string };
async function follows(action: TimeoutAction, { reviewId, decisionId }: Which, { escalated = false } = {}) {
  const [review, decision] = [await storedReview(db, reviewId), await storedDecision(db, decisionId)];
  expect(review.verdict).toBeNull();
  if (action === "decline") {
    expect([review.status, decision.status]).toEqual(["expired", "declined"]);
    return;
  }
  expect(decision.status).toBe("in_review");
  expect(review.escalationLevel).toBe(action === "escalate" || escalated ? 1 : 0);
  expect(review.timedOutAt === null).toBe(action === "escalate");
}

import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { decisions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { moveDecision } from "@/lib/decisions/server/move-decision";
import { inTransaction } from "@/lib/server/context";
import { claimReview } from "./claim-review";
import { closeReviewsOf } from "./close-reviews-of";
import { expireOverdueReviews } from "./expire-overdue-reviews";
import { resolveReview } from "./resolve-review";
import { stageVerdict } from "./stage-verdict";
import { anOpenReview, minutesFromNow, setReview, storedDecision, storedReview, traces } from "./testing";

const { db } = await testDatabase();
const nothing = { declined: 0, escalated: 0, held: 0, expired: 0 };

async function anOverdueReview(onTimeout: "decline" | "escalate" | "hold") {
  const made = await anOpenReview(db, { autonomy: { onTimeout, slaMinutes: 30 } });
  await setReview(db, made.reviewId, { dueAt: minutesFromNow(-1) });
  return made;
}

test("decline: the timer declines the decision, acts on nothing and labels nothing", async () => {
  const { org, reviewId, decisionId } = await anOverdueReview("decline");
  expect(await expireOverdueReviews(org.system)).toEqual({ ...nothing, declined: 1 });
  expect(await storedReview(db, reviewId)).toMatchObject({ status: "expired", verdict: null });
  expect(await storedDecision(db, decisionId)).toMatchObject({
    status: "declined",
    decidedBy: "system:test",
  });
  const left = await traces(db, decisionId, reviewId);
  expect(left.labels).toEqual([]);
  expect(left.executions).toEqual([]);
  expect(left.events).toEqual(["decision.declined", "review.expired"]);
  expect(left.journal.map(({ action }) => action)).toEqual(["review.timed_out"]);
  expect(await expireOverdueReviews(org.system)).toEqual(nothing);
});

test("escalate: the due time moves once, and only marks after that", async () => {
  const { org, reviewId, decisionId } = await anOverdueReview("escalate");
  expect(await expireOverdueReviews(org.system)).toEqual({ ...nothing, escalated: 1 });
  const moved = await storedReview(db, reviewId);
  expect(moved).toMatchObject({ status: "open", escalationLevel: 1 });
  expect(moved.dueAt.getTime()).toBeGreaterThan(Date.now() + 29 * 60_000);
  await setReview(db, reviewId, { dueAt: minutesFromNow(-1) });
  expect(await expireOverdueReviews(org.system)).toEqual({ ...nothing, held: 1 });
  expect(await expireOverdueReviews(org.system)).toEqual(nothing);
  expect(await storedReview(db, reviewId)).toMatchObject({ status: "open", escalationLevel: 1 });
  expect((await storedDecision(db, decisionId)).status).toBe("in_review");
});

test("hold: nothing but a mark, and a person can still rule", async () => {
  const { org, reviewId, decisionId } = await anOverdueReview("hold");
  expect(await expireOverdueReviews(org.system)).toEqual({ ...nothing, held: 1 });
  expect(await storedReview(db, reviewId)).toMatchObject({ status: "open", escalationLevel: 0 });
  await resolveReview(org.reviewer, { reviewId, ruling: { verdict: "approve" } });
  expect((await storedDecision(db, decisionId)).status).toBe("approved");
});

test("the clock waits for whoever holds the review or has just ruled", async () => {
  const held = await anOverdueReview("decline");
  await claimReview(held.org.reviewer, { reviewId: held.reviewId });
  expect(await expireOverdueReviews(held.org.system)).toEqual(nothing);
  const ruled = await anOverdueReview("decline");
  await stageVerdict(ruled.org.reviewer, { reviewId: ruled.reviewId, ruling: { verdict: "approve" } });
  expect(await expireOverdueReviews(ruled.org.system)).toEqual(nothing);
  expect((await storedDecision(db, ruled.decisionId)).status).toBe("in_review");
});

test("a decision past its own limit expires, even in somebody's hands", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db, { expiresAt: minutesFromNow(10) });
  await claimReview(org.reviewer, { reviewId });
  await db
    .update(decisions)
    .set({ expiresAt: minutesFromNow(-1) })
    .where(eq(decisions.id, decisionId));
  expect((await expireOverdueReviews(org.system)).expired).toBeGreaterThanOrEqual(1);
  expect((await storedDecision(db, decisionId)).status).toBe("expired");
  expect((await storedReview(db, reviewId)).status).toBe("expired");
  expect((await traces(db, decisionId, reviewId)).executions).toEqual([]);
});

test("sixty overdue decisions at once: the clock approves none", async () => {
  const { org, more } = await anOpenReview(db, { autonomy: { onTimeout: "decline" } });
  const made = [];
  for (let i = 0; i < 6; i++) made.push(...(await Promise.all(Array.from({ length: 10 }, () => more()))));
  for (const { reviewId } of made) await setReview(db, reviewId, { dueAt: minutesFromNow(-60 * 24 * 30) });
  for (let i = 0; i < 2; i++) await expireOverdueReviews(org.system);
  const statuses = await Promise.all(
    made.map(async ({ decisionId }) => (await storedDecision(db, decisionId)).status),
  );
  expect(new Set(statuses)).toEqual(new Set(["declined"]));
}, 60_000);

test("cancelling a decision closes its review, staged verdict and all", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db);
  await stageVerdict(org.reviewer, { reviewId, ruling: { verdict: "approve" } });
  await inTransaction(org.admin, async (ctx) => {
    await moveDecision(ctx, { decisionId, from: ["in_review"], to: "cancelled" });
    expect(await closeReviewsOf(ctx, decisionId, "cancelled")).toBe(1);
  });
  expect(await storedReview(db, reviewId)).toMatchObject({ status: "cancelled", stagedVerdict: null });
  await expect(
    resolveReview(org.reviewer, { reviewId, ruling: { verdict: "approve" } }),
  ).rejects.toMatchObject({
    code: "review_already_resolved",
    message: expect.stringMatching(/^This was cancelled/),
  });
});

test("ruling and cancelling at once never deadlock: one of them wins", async () => {
  for (let i = 0; i < 20; i++) {
    const { org, reviewId, decisionId } = await anOpenReview(db);
    const both = await Promise.allSettled([
      resolveReview(org.reviewer, { reviewId, ruling: { verdict: "decline", note: "No" } }),
      inTransaction(org.admin, async (ctx) => {
        await moveDecision(ctx, { decisionId, from: ["in_review"], to: "cancelled" });
        await closeReviewsOf(ctx, decisionId, "cancelled");
      }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { kind: "conflict" } });
  }
});

test("only the system runs the clock", async () => {
  const { org, decisionId } = await anOverdueReview("decline");
  for (const ctx of [org.reviewer, org.auditor, org.admin]) {
    await expect(expireOverdueReviews(ctx)).rejects.toMatchObject({ kind: "forbidden" });
  }
  await expect(closeReviewsOf(org.reviewer, decisionId, "cancelled")).rejects.toMatchObject({
    kind: "forbidden",
  });
});

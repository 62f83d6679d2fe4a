import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { claimNextReview } from "./claim-next-review";
import { claimReview } from "./claim-review";
import { heartbeatReview } from "./heartbeat-review";
import { releaseReview } from "./release-review";
import { skipReview } from "./skip-review";
import { snoozeReview } from "./snooze-review";
import { anOpenReview, minutesFromNow, setReview, storedReview, traces } from "./testing";

const { db } = await testDatabase();
const anything = { exclude: [] };

test("a claim holds the review for the queue's lease, and says so in events and journal", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db);
  const view = await claimReview(org.reviewer, { reviewId });
  expect(view).toMatchObject({ status: "claimed", held_by: { id: org.reviewer.actor.id } });
  const minutes = (Date.parse(view.lease_until ?? "") - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(14);
  expect(minutes).toBeLessThan(15.5);
  const left = await traces(db, decisionId, reviewId);
  expect(left.events).toEqual(["review.claimed"]);
  expect(left.journal).toEqual([{ action: "review.claimed", actor: `user:${org.reviewer.actor.id}` }]);
});

test("of two who claim at once one holds it, and the other is told who", async () => {
  const { org, reviewId } = await anOpenReview(db);
  const bo = await org.person("reviewer");
  const both = await Promise.allSettled([
    claimReview(org.reviewer, { reviewId }),
    claimReview(bo, { reviewId }),
  ]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const winner = both[0]?.status === "fulfilled" ? org.reviewer : bo;
  const name = winner.actor.kind === "user" ? winner.actor.name : "";
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "review_claimed", message: expect.stringContaining(`${name} holds this`) },
  });
});

test("a lapsed lease is free to take", async () => {
  const { org, reviewId } = await anOpenReview(db);
  await claimReview(await org.person("reviewer"), { reviewId });
  await setReview(db, reviewId, { leaseUntil: minutesFromNow(-1) });
  expect(await claimReview(org.reviewer, { reviewId })).toMatchObject({
    held_by: { id: org.reviewer.actor.id },
  });
});

test("next gives the soonest due first, each to one person only, and null at the end", async () => {
  const { org, reviewId, more } = await anOpenReview(db);
  const { reviewId: urgent } = await more();
  await setReview(db, urgent, { dueAt: minutesFromNow(5) });
  expect((await claimNextReview(org.reviewer, anything)).review?.id).toBe(urgent);
  expect((await claimNextReview(org.reviewer, anything)).review?.id).toBe(reviewId);
  expect(await claimNextReview(org.reviewer, anything)).toEqual({ review: null });
});

test("ten people asking for the next at once get ten different reviews", async () => {
  const { org, more } = await anOpenReview(db);
  await Promise.all(Array.from({ length: 9 }, () => more()));
  const people = await Promise.all(Array.from({ length: 10 }, () => org.person("reviewer")));
  const given = await Promise.all(people.map((ctx) => claimNextReview(ctx, anything)));
  expect(new Set(given.map(({ review }) => review?.id)).size).toBe(10);
});

test("next passes over what was excluded and what does not match the filters", async () => {
  const { org, desk, reviewId } = await anOpenReview(db);
  expect(await claimNextReview(org.reviewer, { exclude: [reviewId] })).toEqual({ review: null });
  expect(await claimNextReview(org.reviewer, { ...anything, app: "another" })).toEqual({ review: null });
  const { review } = await claimNextReview(org.reviewer, { ...anything, app: desk.app, type: desk.typeKey });
  expect(review?.id).toBe(reviewId);
});

test("a heartbeat extends the lease of its holder and of nobody else", async () => {
  const { org, reviewId } = await anOpenReview(db);
  await claimReview(org.reviewer, { reviewId });
  await setReview(db, reviewId, { leaseUntil: minutesFromNow(1) });
  const { lease_until } = await heartbeatReview(org.reviewer, { reviewId });
  expect(Date.parse(lease_until)).toBeGreaterThan(Date.now() + 10 * 60_000);
  const bo = await org.person("reviewer");
  await expect(heartbeatReview(bo, { reviewId })).rejects.toMatchObject({ code: "lease_lost" });
});

test("released and skipped reviews are open to others again", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db);
  await claimReview(org.reviewer, { reviewId });
  expect(await releaseReview(org.reviewer, { reviewId })).toMatchObject({ status: "open", held_by: null });
  await expect(releaseReview(org.reviewer, { reviewId })).rejects.toMatchObject({ code: "lease_lost" });
  await claimReview(org.reviewer, { reviewId });
  await skipReview(org.reviewer, { reviewId });
  expect(await storedReview(db, reviewId)).toMatchObject({ status: "open", claimedBy: null });
  const { journal } = await traces(db, decisionId, reviewId);
  expect(journal.map(({ action }) => action)).toEqual([
    "review.claimed",
    "review.released",
    "review.claimed",
    "review.skipped",
  ]);
});

test("a snoozed review sleeps for everybody and comes back by itself", async () => {
  const { org, reviewId } = await anOpenReview(db);
  const { due_at: due } = await claimReview(org.reviewer, { reviewId });
  const view = await snoozeReview(org.reviewer, { reviewId, minutes: 60 });
  expect(view).toMatchObject({ status: "snoozed", held_by: null, due_at: due });
  const bo = await org.person("reviewer");
  expect(await claimNextReview(bo, anything)).toEqual({ review: null });
  await setReview(db, reviewId, { snoozedUntil: minutesFromNow(-1) });
  expect((await claimNextReview(bo, anything)).review?.id).toBe(reviewId);
});

test("what another holds can be neither skipped nor snoozed", async () => {
  const { org, reviewId } = await anOpenReview(db);
  await claimReview(org.reviewer, { reviewId });
  const bo = await org.person("reviewer");
  await expect(skipReview(bo, { reviewId })).rejects.toMatchObject({ code: "review_claimed" });
  await expect(snoozeReview(bo, { reviewId, minutes: 5 })).rejects.toMatchObject({ code: "review_claimed" });
});

test("only reviewers of the same organisation hold reviews", async () => {
  const { org, desk, reviewId } = await anOpenReview(db);
  const key = await org.keyOf(desk.app, ["decisions:write", "decisions:read"]);
  for (const ctx of [org.auditor, org.admin, key, org.system]) {
    for (const attempt of [
      claimReview(ctx, { reviewId }),
      claimNextReview(ctx, anything),
      heartbeatReview(ctx, { reviewId }),
      releaseReview(ctx, { reviewId }),
      skipReview(ctx, { reviewId }),
      snoozeReview(ctx, { reviewId, minutes: 5 }),
    ]) {
      await expect(attempt).rejects.toMatchObject({ kind: "forbidden" });
    }
  }
  const other = await anOrg(db);
  await expect(claimReview(other.reviewer, { reviewId })).rejects.toMatchObject({ kind: "not_found" });
  expect((await storedReview(db, reviewId)).status).toBe("open");
});

import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { anOrg } from "@/db/testing-fixtures";
import { testDatabase } from "@/db/testing";
import * as schema from "@/db/schema";
import { claimNextReview } from "@/lib/reviews/server/claim-next-review";
import { claimReview } from "@/lib/reviews/server/claim-review";
import { getReview } from "@/lib/reviews/server/get-review";
import { listReviews } from "@/lib/reviews/server/list-reviews";
import { expireOverdueReviews } from "@/lib/reviews/server/expire-overdue-reviews";
import { resolveReview } from "@/lib/reviews/server/resolve-review";
import { skipReview } from "@/lib/reviews/server/skip-review";
import { snoozeReview } from "@/lib/reviews/server/snooze-review";
import { stageVerdict } from "@/lib/reviews/server/stage-verdict";
import { takeOverReview } from "@/lib/reviews/server/take-over-review";
import { warnDueReviews } from "@/lib/reviews/server/warn-due-reviews";
import { joinQueue } from "@/lib/reviews/server/testing-queues";
import { actorName } from "@/lib/server/context";
import { aDeclined, anAppeal, offered, said } from "./testing-appeals";
import { resolveAppeal } from "./resolve-appeal";
import { submitAppeal } from "./submit-appeal";

const { db } = await testDatabase();

test("an appeal that waits too long is escalated, whatever its app does with what is late", async () => {
  const org = await anOrg(db);
  const { desk, decision } = await aDeclined(org);
  await db
    .update(schema.autonomies)
    .set({ onTimeout: "decline" })
    .where(eq(schema.autonomies.typeId, desk.type));
  const { token } = await offered(org, decision.id);
  const { reviewId } = await submitAppeal(org.system, { token, said, files: [] });
  const mine = eq(schema.reviews.id, reviewId);
  await db
    .update(schema.reviews)
    .set({ dueAt: new Date(0) })
    .where(mine);
  await expireOverdueReviews(org.system);
  const [review] = await db.select().from(schema.reviews).where(mine);
  expect(review).toMatchObject({ status: "open", escalationLevel: 1 });
  expect(review?.dueAt.getTime()).toBeGreaterThan(Date.now());
});

test("the verbs of other reviews do not rule on an appeal", async () => {
  const { judge, decision, reviewId } = await anAppeal(db);
  const ruling = { verdict: "approve" } as const;
  await expect(stageVerdict(judge, { reviewId, ruling })).rejects.toThrow();
  await expect(resolveReview(judge, { reviewId, ruling })).rejects.toThrow();
  await db
    .update(schema.decisions)
    .set({ status: "in_review" })
    .where(eq(schema.decisions.id, decision.id))
    .catch(() => undefined);
  await expect(resolveReview(judge, { reviewId, ruling })).rejects.toThrow();
  const [review] = await db.select().from(schema.reviews).where(eq(schema.reviews.id, reviewId));
  expect(review).toMatchObject({ status: "open", verdict: null, stagedVerdict: null });
});

test("the review of an appeal opens, is claimed and is listed like others", async () => {
  const { org, judge, reviewId } = await anAppeal(db);
  expect(await getReview(judge, { reviewId })).toMatchObject({
    id: reviewId,
    kind: "appeal",
    status: "open",
  });
  await claimReview(judge, { reviewId });
  expect(await getReview(judge, { reviewId })).toMatchObject({ status: "claimed" });
  const tab = await listReviews(judge, { limit: 10, tab: "mine" });
  expect(tab.data.map(({ id }) => id)).toEqual([reviewId]);
  const other = await org.person("reviewer");
  const ruling = { verdict: "upheld", answer: "No." } as const;
  await expect(resolveAppeal(other, { appealId: reviewId, ruling })).rejects.toMatchObject({
    code: "review_claimed",
  });
  await resolveAppeal(judge, { appealId: reviewId, ruling });
  expect(await getReview(judge, { reviewId })).toMatchObject({ status: "resolved", verdict: "respond" });
});

test("whoever decided first is not offered the appeal of it, and cannot keep it from others", async () => {
  const { org, judge, reviewId } = await anAppeal(db);
  expect((await claimNextReview(org.reviewer, { exclude: [] })).review).toBeNull();
  await expect(claimReview(org.reviewer, { reviewId })).rejects.toMatchObject({ code: "excluded_person" });
  expect((await claimNextReview(judge, { exclude: [] })).review?.id).toBe(reviewId);
});

test("whoever decided first neither puts the appeal off nor takes it from who hears it", async () => {
  const { org, judge, reviewId } = await anAppeal(db);
  const [stored] = await db.select().from(schema.reviews).where(eq(schema.reviews.id, reviewId));
  await joinQueue(db, stored?.queueId ?? "", org.reviewer, "lead");
  await joinQueue(db, stored?.queueId ?? "", judge);
  await claimReview(judge, { reviewId });
  const party = org.reviewer;
  await expect(takeOverReview(party, { reviewId })).rejects.toMatchObject({ code: "excluded_person" });
  await db
    .update(schema.reviews)
    .set({ leaseUntil: new Date(0) })
    .where(eq(schema.reviews.id, reviewId));
  const tries = [
    () => snoozeReview(party, { reviewId, minutes: 600 }),
    () => skipReview(party, { reviewId }),
  ];
  for (const attempt of tries) {
    await expect(attempt()).rejects.toMatchObject({ kind: "forbidden", code: "excluded_person" });
  }
  const [now] = await db.select().from(schema.reviews).where(eq(schema.reviews.id, reviewId));
  expect(now).toMatchObject({ snoozedUntil: null, claimedBy: actorName(judge.actor) });
});

test("who proposed it, and whose authority was used for it, had a part in it too", async () => {
  const org = await anOrg(db);
  const [proposer, lender] = [await org.person("reviewer"), await org.person("reviewer")];
  const { decision } = await aDeclined(org, { submittedBy: actorName(proposer.actor) });
  await db.insert(schema.approvals).values({
    id: `apv_${decision.id.slice(4)}`,
    orgId: org.orgId,
    decisionId: decision.id,
    reviewId: `rev_${decision.id.slice(4)}`,
    stage: 1,
    actor: actorName(org.reviewer.actor),
    onBehalfOf: actorName(lender.actor),
    verdict: "approve",
  });
  const { token } = await offered(org, decision.id);
  const { reviewId } = await submitAppeal(org.system, { token, said, files: [] });
  const [review] = await db.select().from(schema.reviews).where(eq(schema.reviews.id, reviewId));
  expect(review?.excluded?.toSorted()).toEqual(
    [org.reviewer, proposer, lender].map(({ actor }) => actorName(actor)).toSorted(),
  );
});

test("it is warned of when half of an appeal's own time is gone, not of its queue's", async () => {
  const { org, reviewId } = await anAppeal(db);
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
  const times = async (from: number, to: number) =>
    db
      .update(schema.reviews)
      .set({ createdAt: hours(from), dueAt: hours(to) })
      .where(eq(schema.reviews.id, reviewId));
  await times(-35, 37);
  expect(await warnDueReviews(org.system)).toBe(0);
  await times(-37, 35);
  await db
    .update(schema.appeals)
    .set({ dueAt: hours(35) })
    .where(eq(schema.appeals.reviewId, reviewId));
  expect(await warnDueReviews(org.system)).toBe(1);
});

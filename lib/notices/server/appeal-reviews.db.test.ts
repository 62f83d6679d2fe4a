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
import { stageVerdict } from "@/lib/reviews/server/stage-verdict";
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
  await expect(claimReview(org.reviewer, { reviewId })).rejects.toMatchObject({ kind: "conflict" });
  expect((await claimNextReview(judge, { exclude: [] })).review?.id).toBe(reviewId);
});

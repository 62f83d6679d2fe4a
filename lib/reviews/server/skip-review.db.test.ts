import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { events } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { actorName } from "@/lib/server/context";
import { assignReviews } from "./assign-reviews";
import { claimNextReview } from "./claim-next-review";
import { claimReview } from "./claim-review";
import { skipReview } from "./skip-review";
import { anOpenReview, storedReview } from "./testing";
import { joinQueue, setQueue } from "./testing-queues";

const { db } = await testDatabase();

async function aSharedReview() {
  const made = await anOpenReview(db);
  const [ana, bo] = [made.org.reviewer, await made.org.person("reviewer")];
  await setQueue(db, made.desk.queue, { autoAssign: true });
  await joinQueue(db, made.desk.queue, ana);
  await assignReviews(made.org.system);
  expect(await made.stored()).toMatchObject({ assignedTo: actorName(ana.actor) });
  await claimReview(ana, { reviewId: made.reviewId });
  return { ...made, ana, bo };
}

test("what was kept for somebody who skips it is kept for them no more, and not at once again", async () => {
  const { org, ana, bo, desk, reviewId } = await aSharedReview();
  await skipReview(ana, { reviewId });
  expect(await storedReview(db, reviewId)).toMatchObject({ status: "open", assignedTo: null });
  expect(await assignReviews(org.system)).toMatchObject({ assigned: 0 });
  await joinQueue(db, desk.queue, bo);
  expect((await claimNextReview(bo, { exclude: [] })).review?.id).toBe(reviewId);
});

test("it is kept for somebody else who is there, and an hour later for whoever has least to do", async () => {
  const { org, ana, bo, desk, reviewId } = await aSharedReview();
  await skipReview(ana, { reviewId });
  await db
    .update(events)
    .set({ at: new Date(Date.now() - 61 * 60_000) })
    .where(eq(events.subject, reviewId));
  await assignReviews(org.system);
  expect(await storedReview(db, reviewId)).toMatchObject({ assignedTo: actorName(ana.actor) });
  await claimReview(ana, { reviewId });
  await skipReview(ana, { reviewId });
  await joinQueue(db, desk.queue, bo);
  await assignReviews(org.system);
  expect(await storedReview(db, reviewId)).toMatchObject({ assignedTo: actorName(bo.actor) });
});

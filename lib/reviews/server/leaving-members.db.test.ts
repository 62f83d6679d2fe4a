import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { actorName } from "@/lib/server/context";
import { claimNextReview } from "./claim-next-review";
import { claimReview } from "./claim-review";
import { setQueueMembers } from "./set-queue-members";
import { anOpenReview, setReview, storedReview, traces } from "./testing";
import { joinQueue, setQueue, userIdOf } from "./testing-queues";

const { db } = await testDatabase();

/** A queue that shares out between Ana and Bo, with a review kept for Ana. */
async function keptForAna() {
  const made = await anOpenReview(db);
  const [ana, bo] = [made.org.reviewer, await made.org.person("reviewer")];
  await setQueue(db, made.desk.queue, { autoAssign: true });
  for (const person of [ana, bo]) await joinQueue(db, made.desk.queue, person);
  await setReview(db, made.reviewId, { assignedTo: actorName(ana.actor) });
  const onlyBo = () =>
    setQueueMembers(made.org.admin, {
      queue: made.desk.queue,
      members: [{ id: userIdOf(bo), lead: false }],
    });
  return { ...made, ana, bo, onlyBo };
}

test("what was kept for somebody who works on the queue no more is there for the others", async () => {
  const { bo, onlyBo, reviewId, decisionId } = await keptForAna();
  await onlyBo();
  expect(await storedReview(db, reviewId)).toMatchObject({ assignedTo: null, status: "open" });
  expect((await traces(db, decisionId, reviewId)).events).toEqual(["review.unassigned"]);
  expect((await claimNextReview(bo, { exclude: [] })).review?.id).toBe(reviewId);
});

test("what they hold at this moment they may finish", async () => {
  const { ana, onlyBo, reviewId } = await keptForAna();
  await claimReview(ana, { reviewId });
  await onlyBo();
  expect(await storedReview(db, reviewId)).toMatchObject({
    assignedTo: actorName(ana.actor),
    claimedBy: actorName(ana.actor),
  });
});

test("where the queue becomes everybody's nothing is taken from anybody", async () => {
  const { org, ana, desk, reviewId } = await keptForAna();
  await setQueueMembers(org.admin, { queue: desk.queue, members: [] });
  expect(await storedReview(db, reviewId)).toMatchObject({ assignedTo: actorName(ana.actor) });
});

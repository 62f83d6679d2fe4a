import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import * as schema from "@/db/schema";
import { claimReview } from "./claim-review";
import { giveVerdict } from "./give-verdict";
import { stageVerdict } from "./stage-verdict";
import { anOpenReview, setReview } from "./testing";

const { db } = await testDatabase();

async function aSlowQueue(above: number | null) {
  const open = await anOpenReview(db);
  await db
    .update(schema.queues)
    .set({ dwellSeconds: 30, dwellAmount: above })
    .where(sql`id = ${open.desk.queue}`);
  return { ...open, me: open.org.reviewer };
}
const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000);

test("above the amount a verdict waits for its look, on screen and over the API, and says for how long", async () => {
  const { me, reviewId } = await aSlowQueue(1000);
  const view = await claimReview(me, { reviewId });
  const wait = Date.parse(view.not_before ?? "") - Date.now();
  expect(wait).toBeGreaterThan(25_000);
  expect(wait).toBeLessThanOrEqual(30_500);
  const tooFast = { code: "too_fast", kind: "invalid", errors: [{ pointer: "/verdict" }] };
  await expect(stageVerdict(me, { reviewId, ruling: { verdict: "approve" } })).rejects.toMatchObject(tooFast);
  await expect(
    giveVerdict(me, { params: { review: reviewId }, body: { verdict: "decline", note: "no" } }),
  ).rejects.toMatchObject({ ...tooFast, extra: { seconds_left: expect.any(Number) } });
  await setReview(db, reviewId, { claimedAt: secondsAgo(31) });
  await expect(stageVerdict(me, { reviewId, ruling: { verdict: "approve" } })).resolves.toMatchObject({
    reviewId,
  });
});

test("opening it again does not start the look anew", async () => {
  const { me, reviewId } = await aSlowQueue(1000);
  await claimReview(me, { reviewId });
  await setReview(db, reviewId, { claimedAt: secondsAgo(31) });
  await claimReview(me, { reviewId });
  await expect(stageVerdict(me, { reviewId, ruling: { verdict: "approve" } })).resolves.toMatchObject({
    reviewId,
  });
});

test("whoever never opened it has not looked, however long somebody else did", async () => {
  const { org, me, reviewId } = await aSlowQueue(1000);
  const other = await org.person("reviewer");
  await claimReview(other, { reviewId });
  await setReview(db, reviewId, { claimedAt: secondsAgo(300), leaseUntil: secondsAgo(1) });
  await expect(
    giveVerdict(me, { params: { review: reviewId }, body: { verdict: "approve" } }),
  ).rejects.toMatchObject({ code: "too_fast" });
});

test("below the amount nobody waits", async () => {
  const { me, reviewId } = await aSlowQueue(1_000_000);
  const view = await claimReview(me, { reviewId });
  expect(view.not_before).toBeNull();
  await expect(
    giveVerdict(me, { params: { review: reviewId }, body: { verdict: "approve" } }),
  ).resolves.toMatchObject({ verdict: "approve" });
});

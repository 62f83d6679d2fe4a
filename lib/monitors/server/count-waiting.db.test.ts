import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOpenReview } from "@/lib/reviews/server/testing";
import { claimReview } from "@/lib/reviews/server/claim-review";
import { countWaiting } from "./count-waiting";

const { db } = await testDatabase();

test("counts what waits for this person: another's claim no longer does", async () => {
  const { org, reviewId, more } = await anOpenReview(db);
  await more();
  const bo = await org.person("reviewer");
  expect(await countWaiting(bo)).toMatchObject({ object: "waiting", inbox: 2 });
  await claimReview(org.reviewer, { reviewId });
  expect((await countWaiting(bo)).inbox).toBe(1);
  expect((await countWaiting(org.reviewer)).inbox).toBe(2);
});

test("where a role does not act nothing waits for it", async () => {
  const { org } = await anOpenReview(db);
  const auditor = await org.person("auditor");
  expect(await countWaiting(auditor)).toMatchObject({ inbox: 0, reconcile: 0 });
});

test("what waits in another organisation is not counted", async () => {
  await anOpenReview(db);
  const other = await anOpenReview(db);
  expect((await countWaiting(other.org.reviewer)).inbox).toBe(1);
});

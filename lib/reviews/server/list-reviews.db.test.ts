import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import type { ReviewTab } from "../schema";
import { claimReview } from "./claim-review";
import { countReviews } from "./count-reviews";
import { getReview } from "./get-review";
import { listReviews } from "./list-reviews";
import { resolveReview } from "./resolve-review";
import { snoozeReview } from "./snooze-review";
import { stageVerdict } from "./stage-verdict";
import { anOpenReview, minutesFromNow, setReview } from "./testing";

const { db } = await testDatabase();
type Person = Awaited<ReturnType<typeof anOpenReview>>["org"]["reviewer"];
const sorted = (some: string[]) => some.toSorted((a, b) => (a < b ? -1 : 1));
const ids = async (ctx: Person, tab: ReviewTab, more = {}) =>
  (await listReviews(ctx, { tab, limit: 25, ...more })).data.map(({ id }) => id);

test("each review stands in the tabs where it belongs, as each person sees them", async () => {
  const { org, reviewId: free, more } = await anOpenReview(db);
  const [mine, theirs, asleep, done, given] = await Promise.all([more(), more(), more(), more(), more()]);
  const bo = await org.person("reviewer");
  await claimReview(org.reviewer, { reviewId: mine.reviewId });
  await claimReview(bo, { reviewId: theirs.reviewId });
  await snoozeReview(bo, { reviewId: asleep.reviewId, minutes: 5 });
  await resolveReview(bo, { reviewId: done.reviewId, ruling: { verdict: "approve" } });
  await stageVerdict(bo, { reviewId: given.reviewId, ruling: { verdict: "approve" } });
  expect(await ids(org.reviewer, "unclaimed")).toEqual([free]);
  expect(await ids(org.reviewer, "mine")).toEqual([mine.reviewId]);
  expect(await ids(org.reviewer, "snoozed")).toEqual([asleep.reviewId]);
  expect(await ids(org.reviewer, "resolved")).toEqual([done.reviewId]);
  expect(sorted(await ids(org.reviewer, "available"))).toEqual(sorted([free, mine.reviewId]));
  expect(sorted(await ids(org.auditor, "open"))).toEqual(sorted([free, mine.reviewId, theirs.reviewId]));
  expect(await countReviews(org.reviewer)).toEqual({ unclaimed: 1, mine: 1, snoozed: 1 });
});

test("pages follow the due time, then age, and no review is shown twice or left out", async () => {
  const { org, reviewId, more } = await anOpenReview(db);
  const others: string[] = [];
  for (let i = 0; i < 6; i++) others.push((await more()).reviewId);
  const [late, , soon] = others;
  await setReview(db, late ?? "", { dueAt: minutesFromNow(-5) });
  await setReview(db, soon ?? "", { dueAt: minutesFromNow(5) });
  const expected = [late, soon, reviewId, ...others.filter((id) => id !== late && id !== soon)];
  const seen: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < 4; page++) {
    const { data, has_more } = await listReviews(org.reviewer, {
      tab: "unclaimed",
      limit: 2,
      starting_after: after,
    });
    seen.push(...data.map(({ id }) => id));
    after = data.at(-1)?.id;
    expect(has_more).toBe(page < 3);
  }
  expect(seen).toEqual(expected);
  const back = await listReviews(org.reviewer, { tab: "unclaimed", limit: 2, ending_before: expected[3] });
  expect(back.data.map(({ id }) => id)).toEqual(expected.slice(1, 3));
});

test("filters by app, type and queue narrow the list, and an unknown one empties it", async () => {
  const { org, desk, reviewId } = await anOpenReview(db);
  expect(await ids(org.reviewer, "unclaimed", { app: desk.app })).toEqual([reviewId]);
  expect(await ids(org.reviewer, "unclaimed", { type: desk.typeKey, queue: desk.queue })).toEqual([reviewId]);
  expect(await ids(org.reviewer, "unclaimed", { app: "nobody" })).toEqual([]);
  expect(await ids(org.reviewer, "unclaimed", { queue: "nowhere" })).toEqual([]);
});

test("one read gives all that a verdict needs, with the proposal in a sentence of ours", async () => {
  const { org, reviewId, decisionId } = await anOpenReview(db, {
    autonomy: { amountCap: 1000 },
    promptVersion: "p7",
  });
  await claimReview(org.reviewer, { reviewId });
  expect(await getReview(org.auditor, { reviewId })).toMatchObject({
    decision_id: decisionId,
    summary: "Refund €18.00 on invoice INV-0001",
    amount: { amount: 1800, currency: "EUR" },
    severity: "high",
    deliberate: true,
    confidence: 0.8,
    decision: { status: "in_review", input: { message: "I was charged twice" }, prompt_version: "p7" },
    route: { level: "review_all", amount_cap: { amount: 1000, currency: "EUR" } },
    action: { name: "Refund a charge", connector: "Billing" },
    decline_reasons: ["not entitled", "amount wrong"],
    undo_seconds: 5,
    lease_seconds: 900,
    stop: null,
    history: [
      { type: "review.claimed", by: org.reviewer.actor.kind === "user" ? org.reviewer.actor.name : "" },
    ],
  });
});

test("app keys read no reviews, and no organisation reads another's", async () => {
  const { org, desk, reviewId } = await anOpenReview(db);
  const key = await org.keyOf(desk.app, [
    "decisions:read",
    "decisions:write",
    "feedback:write",
    "decisions:cancel",
  ]);
  await expect(listReviews(key, { tab: "open", limit: 5 })).rejects.toMatchObject({ kind: "forbidden" });
  await expect(getReview(key, { reviewId })).rejects.toMatchObject({ kind: "forbidden" });
  await expect(countReviews(key)).rejects.toMatchObject({ kind: "forbidden" });
  const other = await anOrg(db);
  expect(await ids(other.reviewer, "open")).toEqual([]);
  await expect(getReview(other.reviewer, { reviewId })).rejects.toMatchObject({ kind: "not_found" });
});

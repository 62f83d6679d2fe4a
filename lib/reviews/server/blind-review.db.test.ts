import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision } from "@/db/testing-fixtures";
import { getDecision } from "@/lib/decisions/server/get-decision";
import { getDecisionRecord } from "@/lib/decisions/server/get-decision-record";
import { listDecisionRows } from "@/lib/decisions/server/list-decision-rows";
import { listDecisions } from "@/lib/decisions/server/list-decisions";
import { forgetCalibration } from "./calibrated-claim";
import { getReview } from "./get-review";
import { listReviews } from "./list-reviews";
import { stageVerdict } from "./stage-verdict";
import { anOpenReview, setReview } from "./testing";
import { unstageVerdict } from "./unstage-verdict";

const { db } = await testDatabase();
beforeEach(forgetCalibration);

const claim = {
  confidence: 0.4321,
  predicted: "negative",
  rationale: "the model's secret reason",
  citations: [{ context_id: "c1", quote: "secret words" }],
  reasons: [
    { kind: "level", code: "review_all", message: "All are reviewed" },
    { kind: "confidence", code: "no_confidence", message: "secret", detail: { confidence: 0.4321 } },
    { kind: "threshold", code: "below_threshold", message: "secret", detail: { confidence: 0.4321 } },
  ],
} as const;

async function aBlindReview() {
  const found = await anOpenReview(db, {
    ...claim,
    citations: [...claim.citations],
    reasons: [...claim.reasons],
  });
  await setReview(db, found.reviewId, { blind: true });
  const read = () => getReview(found.org.reviewer, { reviewId: found.reviewId });
  return { ...found, read };
}

test("a blind review tells nothing of the model's side, in the view and in the lists", async () => {
  const { org, reviewId, read } = await aBlindReview();
  const view = await read();
  expect(view).toMatchObject({
    id: reviewId,
    blind: true,
    predicted: null,
    confidence: null,
    calibrated: null,
    reasons: [{ code: "review_all" }],
    decision: { rationale: null, citations: [] },
  });
  const list = await listReviews(org.reviewer, { tab: "open", limit: 25 });
  expect(list.data).toMatchObject([{ blind: true, predicted: null, confidence: null }]);
  expect(JSON.stringify([view, list])).not.toMatch(/secret|0\.4321|negative/);
});

test("a staged verdict reveals it; taken back, it is hidden again", async () => {
  const { org, reviewId, read } = await aBlindReview();
  await stageVerdict(org.reviewer, { reviewId, ruling: { verdict: "decline", reason_code: "not entitled" } });
  expect(await read()).toMatchObject({
    blind: false,
    predicted: "negative",
    confidence: 0.4321,
    decision: { rationale: claim.rationale, citations: claim.citations },
  });
  await unstageVerdict(org.reviewer, { reviewId });
  expect(await read()).toMatchObject({ blind: true, predicted: null });
});

test("the decision's own page is blind for reviewers until then, not for others", async () => {
  const { org, decisionId, reviewId } = await aBlindReview();
  const blindFor = async (ctx = org.reviewer) => (await getDecisionRecord(ctx, { decisionId })).blind;
  expect([await blindFor(), await blindFor(org.admin)]).toEqual([true, false]);
  await setReview(db, reviewId, { status: "cancelled", resolvedAt: new Date() });
  expect(await blindFor()).toBe(false);
});

test("the API keeps a reviewer from reading it around the review; lists leave the model's side out", async () => {
  const { org, desk, decisionId, reviewId } = await aBlindReview();
  const get = (ctx = org.reviewer) => getDecision(ctx, { params: { decision: decisionId } });
  await expect(get()).rejects.toMatchObject({ kind: "forbidden", code: "answer_first" });
  expect(await get(await org.keyOf(desk.app, ["decisions:read"]))).toMatchObject({ id: decisionId });
  expect((await listDecisions(org.reviewer, { query: { limit: 25 } })).data).toEqual([]);
  const [row] = (await listDecisionRows(org.reviewer, {})).data;
  expect(row).toMatchObject({ id: decisionId, predicted: null, confidence: null });
  expect((await listDecisionRows(org.admin, {})).data).toMatchObject([{ predicted: "negative" }]);
  await setReview(db, reviewId, { stagedVerdict: "decline", stagedBy: `user:${org.reviewer.actor.id}` });
  expect(await get()).toMatchObject({ id: decisionId, confidence: { raw: 0.4321 } });
});

test("a claim is told with what such claims were worth, of this app and type alone", async () => {
  const { org, desk, reviewId } = await anOpenReview(db, { confidence: 0.83 });
  const read = async () => (await getReview(org.reviewer, { reviewId })).calibrated;
  expect(await read()).toEqual({ kind: "uncalibrated", n: 0, needed: 200 });
  const { id } = await aDecision(db, org, desk, { status: "recorded", withReview: false, confidence: 0.83 });
  await label(id, 199);
  forgetCalibration();
  expect(await read()).toMatchObject({ kind: "uncalibrated", n: 199 });
  const { id: last } = await aDecision(db, org, desk, {
    status: "recorded",
    withReview: false,
    confidence: 0.83,
  });
  await db
    .update(schema.decisions)
    .set({ truth: "negative", truthSource: "audit", truthPi: 0.5 })
    .where(eq(schema.decisions.id, last));
  forgetCalibration();
  // 199 right at weight 1, one wrong that stands for two.
  expect(await read()).toMatchObject({ kind: "calibrated", n: 200, n_alike: 200, value: 199 / 201 });

  async function label(from: string, count: number): Promise<void> {
    await db
      .update(schema.decisions)
      .set({ truth: "positive", truthSource: "audit", truthPi: 1 })
      .where(eq(schema.decisions.id, from));
    const [row] = await db.select().from(schema.decisions).where(eq(schema.decisions.id, from));
    if (!row) throw new Error("the decision is stored");
    await db
      .insert(schema.decisions)
      .values(Array.from({ length: count - 1 }, (_, at) => ({ ...row, id: `${from.slice(0, 20)}_${at}` })));
  }
});

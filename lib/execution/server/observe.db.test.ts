import { and, eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { attempts, decisions, executions, reviews } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { getReview } from "@/lib/reviews/server/get-review";
import { giveVerdict } from "@/lib/reviews/server/give-verdict";
import { stageVerdict } from "@/lib/reviews/server/stage-verdict";
import { actorName } from "@/lib/server/context";
import { closeConnectors } from "./connectors/connector-of";
import { observeFirst } from "./observe-first";
import { observeLeft } from "./observe-left";
import { observeWaiting } from "./observe-waiting";
import { executionRunner } from "./run-executions";
import { executionRow, letTimePass } from "./testing";
import { aWatchedDesk, aWatchedTarget, type WatchedTarget } from "./testing-observed";

const { db } = await testDatabase();
const rule = observeFirst(giveVerdict);
let target: WatchedTarget;
let org: TestOrg;
let desk: TestDesk;
beforeEach(async () => {
  target = await aWatchedTarget();
  ({ org, desk } = await aWatchedDesk(db, target));
  return () => target.close();
});
afterAll(closeConnectors);

const decisionOf = async (id: string) => (await db.select().from(decisions).where(eq(decisions.id, id)))[0];
const looksOf = async (executionId: string) =>
  (
    await db
      .select()
      .from(attempts)
      .where(and(eq(attempts.executionId, executionId), eq(attempts.kind, "observe")))
      .orderBy(attempts.startedAt)
  ).map(({ outcome }) => outcome);

async function inReview() {
  const { id, reviewId } = await aDecision(db, org, desk);
  return { id, reviewId: reviewId ?? "" };
}
async function approved() {
  const { id, reviewId } = await inReview();
  const { execution_id } = await rule(org.reviewer, {
    params: { review: reviewId },
    body: { verdict: "approve" },
  });
  return { id, executionId: execution_id ?? "" };
}
async function runOnce(runner = executionRunner({ workerId: "worker:watch" })) {
  await runner.run(org.system);
  await runner.drain();
}

test("the worker reads the state of what waits, and the approval rests on it", async () => {
  const { id, reviewId } = await inReview();
  expect(await observeWaiting(org.system)).toBe(1);
  const observed = { of: { "/invoice": "INV-0001" }, values: { "/status": "open", "/refunded": 0 } };
  expect(await decisionOf(id)).toMatchObject({ observed });
  // The reviewer is told which of it is money.
  expect((await getReview(org.reviewer, { reviewId })).observed).toMatchObject({
    values: observed.values,
    money: ["/refunded"],
  });
  const ruled = await rule(org.reviewer, { params: { review: reviewId }, body: { verdict: "approve" } });
  expect(target.looks).toEqual(["/v1/invoices/INV-0001"]);
  expect(await executionRow(db, ruled.execution_id ?? "")).toMatchObject({ expectedState: observed });
  expect(await observeWaiting(org.system)).toBe(0);
});

test("approving without one reads it first; an edit that is about something else is read anew", async () => {
  const { id, reviewId } = await inReview();
  await observeWaiting(org.system);
  const edited = { invoice: "INV-0002", amount: 1800, currency: "EUR" };
  await rule(org.reviewer, { params: { review: reviewId }, body: { verdict: "edit", arguments: edited } });
  expect(target.looks).toEqual(["/v1/invoices/INV-0001", "/v1/invoices/INV-0002"]);
  expect((await decisionOf(id))?.observed).toMatchObject({ of: { "/invoice": "INV-0002" } });
});

test.each([
  [500, "unavailable"],
  [404, "invalid"],
  [403, "unavailable"],
])("what cannot be seen (%i) is not approved, by API or on screen", async (status, kind) => {
  target.answers = status;
  const { id, reviewId } = await inReview();
  await expect(
    rule(org.reviewer, { params: { review: reviewId }, body: { verdict: "approve" } }),
  ).rejects.toMatchObject({ kind, code: "cannot_observe" });
  await expect(
    observeFirst(stageVerdict)(org.reviewer, { reviewId, ruling: { verdict: "approve" } }),
  ).rejects.toMatchObject({ code: "cannot_observe" });
  expect(await decisionOf(id)).toMatchObject({ status: "in_review", observed: null });
  // Nothing has to be seen to leave things as they are.
  await rule(org.reviewer, { params: { review: reviewId }, body: { verdict: "decline", note: "no" } });
});

test("whoever approves or edits what is over is told who was first, not that nothing was looked at", async () => {
  const { reviewId } = await inReview();
  await rule(org.reviewer, { params: { review: reviewId }, body: { verdict: "decline", note: "no" } });
  const edited = { invoice: "INV-0002", amount: 1800, currency: "EUR" };
  for (const body of [{ verdict: "approve" }, { verdict: "edit", arguments: edited }] as const) {
    const late = rule(org.reviewer, { params: { review: reviewId }, body });
    await expect(late).rejects.toMatchObject({ code: "review_already_resolved" });
    await expect(observeFirst(stageVerdict)(org.reviewer, { reviewId, ruling: body })).rejects.toMatchObject({
      code: "review_already_resolved",
    });
  }
  expect(target.looks).toEqual([]);
});

test("unchanged: it is sent, and what it left is kept", async () => {
  const { executionId } = await approved();
  target.onSend = () => (target.state = { status: "refunded", refunded: 1800 });
  await runOnce();
  expect(target.sends).toHaveLength(1);
  expect(await executionRow(db, executionId)).toMatchObject({
    status: "succeeded",
    leftState: { values: { "/status": "refunded", "/refunded": 1800 } },
  });
  expect(await looksOf(executionId)).toEqual(["unchanged", "succeeded"]);
});

test("changed since it was approved: not sent, back to the same person with the fields that differ", async () => {
  const { id, executionId } = await approved();
  target.state = { status: "refunded", refunded: 0 };
  await runOnce();
  expect(target.sends).toEqual([]);
  expect(await executionRow(db, executionId)).toMatchObject({ status: "cancelled", firstSentAt: null });
  expect(await decisionOf(id)).toMatchObject({
    status: "in_review",
    observed: { values: { "/status": "refunded" } },
  });
  const [review] = await db
    .select()
    .from(reviews)
    .where(and(eq(reviews.decisionId, id), eq(reviews.status, "open")));
  expect(review).toMatchObject({
    assignedTo: actorName(org.reviewer.actor),
    returned: { code: "changed", changes: [{ pointer: "/status", before: "open", after: "refunded" }] },
  });
  // Approved again on the state as it now is, it runs, under a key of its own.
  await rule(org.reviewer, { params: { review: review?.id ?? "" }, body: { verdict: "approve" } });
  await runOnce();
  expect(target.sends).toEqual([`exec_${id}_2`]);
});

test("200 approvals whose state changes before they are dispatched: nothing is sent", async () => {
  const made: string[] = [];
  while (made.length < 200) {
    const some = await Promise.all(Array.from({ length: 10 }, approved));
    made.push(...some.map(({ executionId }) => executionId));
  }
  target.state = { status: "open", refunded: 100 };
  const runners = [1, 2].map((n) => executionRunner({ workerId: `worker:${n}`, capacity: 40 }));
  for (let round = 0; round < 12; round++) await Promise.all(runners.map((runner) => runner.run(org.system)));
  await Promise.all(runners.map((runner) => runner.drain()));
  await runOnce();
  expect(target.sends).toEqual([]);
  const rows = await db.select().from(executions).where(inArray(executions.id, made));
  expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(["cancelled"]));
});

test("cannot be read at dispatch: not sent, tried again, and then a person's", async () => {
  const { executionId } = await approved();
  target.answers = 503;
  await runOnce();
  expect(await executionRow(db, executionId)).toMatchObject({ status: "pending", attempt: 0 });
  for (let look = 2; look <= 8; look++) {
    await letTimePass(db, org);
    await runOnce();
  }
  expect(await executionRow(db, executionId)).toMatchObject({
    status: "dead",
    needsPerson: true,
    firstSentAt: null,
  });
  expect(target.sends).toEqual([]);
  expect(await looksOf(executionId)).toHaveLength(8);
});

test("what ran alone is looked at and sent: approval and dispatch are the same moment", async () => {
  const { executionId } = await aDecision(db, org, desk, { status: "approved", decidedBy: "router" });
  await runOnce();
  expect(target.sends).toHaveLength(1);
  expect(await looksOf(executionId ?? "")).toEqual(["succeeded", "succeeded"]);
});

test("what a look-up or a report found to have happened is looked at by the timer", async () => {
  const { executionId } = await approved();
  target.onSend = () => (target.state = { status: "refunded", refunded: 1800 });
  await runOnce();
  await db.update(executions).set({ leftState: null }).where(eq(executions.id, executionId));
  // The worker that sent it has three seconds of its own.
  expect(await observeLeft(org.system)).toBe(0);
  await db.execute(sql`update events set at = at - interval '5 seconds' where subject = ${executionId}`);
  expect(await observeLeft(org.system)).toBe(1);
  expect(await executionRow(db, executionId)).toMatchObject({
    leftState: { values: { "/status": "refunded", "/refunded": 1800 } },
  });
});

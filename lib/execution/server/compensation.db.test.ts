import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { connectorActions, decisions, decisionTypes, executions, journal, reviews } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { resolveReview } from "@/lib/reviews/server/resolve-review";
import { actorName, type Context } from "@/lib/server/context";
import { compensateExecution } from "./compensate-execution";
import { closeConnectors } from "./connectors/connector-of";
import { getChain } from "./get-chain";
import { getCompensationOffer } from "./get-compensation-offer";
import { executionRunner } from "./run-executions";
import { sweepExecutions } from "./sweep-executions";
import { claimOne, executionRow, letTimePass } from "./testing";
import { aWatchedDesk, aWatchedTarget, type WatchedTarget } from "./testing-observed";

const { db } = await testDatabase();
let target: WatchedTarget;
let org: TestOrg;
let desk: TestDesk;
let undo: TestDesk;
let other: Context;
beforeEach(async () => {
  target = await aWatchedTarget();
  ({ org, desk } = await aWatchedDesk(db, target));
  undo = await aRefundDesk(db, org, { baseUrl: `http://${target.host}` });
  other = await org.person("reviewer");
  await db
    .update(decisionTypes)
    .set({
      compensation: {
        type: undo.typeKey,
        arguments: {
          invoice: { $reference: true },
          amount: { $arg: "/amount" },
          currency: { $arg: "/currency" },
        },
      },
    })
    .where(eq(decisionTypes.id, desk.type));
  return () => target.close();
});
afterAll(closeConnectors);

const run = async () => {
  const runner = executionRunner({ workerId: "worker:undo" });
  await runner.run(org.system);
  await runner.drain();
};
async function carriedOut() {
  const { id, executionId } = await aDecision(db, org, desk, {
    status: "approved",
    decidedBy: "router",
    subjectType: "customer",
    subjectId: "cus_1",
    subjectUrl: "https://shop.example/customers/1",
  });
  target.onSend = () => (target.state = { status: "refunded", refunded: 1800 });
  await run();
  target.onSend = () => {};
  return { id, executionId: executionId ?? "" };
}
const propose = (ctx: Context, id: string) =>
  compensateExecution(ctx, { params: { id }, body: { reason: "Refunded the wrong invoice" } });
async function reviewOf(decisionId: string) {
  const [review] = await db
    .select()
    .from(reviews)
    .where(and(eq(reviews.decisionId, decisionId), eq(reviews.status, "open")));
  return review?.id ?? "";
}

test("undoing is a decision of its own, filled from the act, that another person always reviews", async () => {
  const { id, executionId } = await carriedOut();
  const made = await propose(org.reviewer, executionId);
  expect(made).toMatchObject({
    type: undo.typeKey,
    subject: { type: "customer", id: "cus_1", url: "https://shop.example/customers/1" },
    status: "in_review",
    route: { outcome: "review", reasons: [{ code: "compensation" }] },
    proposal: { arguments: { invoice: `re_exec_${id}`, amount: 1800, currency: "EUR" } },
    rationale: { text: "Refunded the wrong invoice" },
  });
  const reviewId = await reviewOf(made.id);
  await expect(
    resolveReview(org.reviewer, { reviewId, ruling: { verdict: "approve" } }),
  ).rejects.toMatchObject({ kind: "forbidden", code: "own_proposal" });
  const { executionId: undoing } = await resolveReview(other, { reviewId, ruling: { verdict: "approve" } });
  await run();
  expect(await executionRow(db, undoing ?? "")).toMatchObject({ status: "succeeded" });
  expect(target.sends).toEqual([`exec_${id}`, `exec_${made.id}`]);
  expect((await getChain(org.reviewer, { decisionId: made.id })).map((step) => step.decision_id)).toEqual([
    id,
    made.id,
  ]);
  const entries = await db.select().from(journal).where(eq(journal.subject, executionId));
  expect(entries.map(({ action, actor }) => ({ action, actor }))).toContainEqual({
    action: "execution.compensation_proposed",
    actor: actorName(org.reviewer.actor),
  });
});

test("a hundred clicks at once propose it once; the others are told which one stands", async () => {
  const { executionId } = await carriedOut();
  const clicks = await Promise.allSettled(
    Array.from({ length: 100 }, (_, at) => propose(at % 2 ? org.reviewer : other, executionId)),
  );
  const made = clicks.filter((click) => click.status === "fulfilled");
  const refused = clicks.filter((click) => click.status === "rejected");
  expect(made).toHaveLength(1);
  const decisionId = made[0]?.value.id;
  for (const { reason } of refused)
    expect(reason).toMatchObject({ code: "already_compensated", extra: { decision_id: decisionId } });
  expect(await db.select().from(decisions).where(eq(decisions.compensatesId, executionId))).toHaveLength(1);
  expect(await getCompensationOffer(org.reviewer, { executionId })).toMatchObject({
    standing: { decision_id: decisionId },
  });
  // Declined, it may be proposed again.
  await resolveReview(other, {
    reviewId: await reviewOf(decisionId ?? ""),
    ruling: { verdict: "decline", note: "it was right" },
  });
  await expect(propose(org.reviewer, executionId)).resolves.toMatchObject({ status: "in_review" });
});

test("only while its system is still as it left it: at the proposal", async () => {
  const { executionId } = await carriedOut();
  target.state = { status: "closed", refunded: 1800 };
  await expect(propose(org.reviewer, executionId)).rejects.toMatchObject({
    code: "state_changed",
    extra: { changes: [{ pointer: "/status", before: "refunded", after: "closed" }] },
  });
  target.answers = 503;
  await expect(propose(org.reviewer, executionId)).rejects.toMatchObject({ code: "cannot_observe" });
});

test("and again before anything is sent: then it goes back to whoever approved it", async () => {
  const { executionId } = await carriedOut();
  const made = await propose(org.reviewer, executionId);
  await resolveReview(other, { reviewId: await reviewOf(made.id), ruling: { verdict: "approve" } });
  target.state = { status: "refunded", refunded: 900 };
  await run();
  expect(target.sends).toHaveLength(1);
  const [review] = await db
    .select()
    .from(reviews)
    .where(eq(reviews.id, await reviewOf(made.id)));
  expect(review).toMatchObject({
    assignedTo: actorName(other.actor),
    returned: { code: "changed", changes: [{ pointer: "/refunded", before: 1800, after: 900 }] },
  });
});

test("a worker that dies while undoing leaves one effect, by one key", async () => {
  const { executionId } = await carriedOut();
  const made = await propose(org.reviewer, executionId);
  await resolveReview(other, { reviewId: await reviewOf(made.id), ruling: { verdict: "approve" } });
  // It claims, and is not heard of again.
  await claimOne(org);
  await letTimePass(db, org);
  await sweepExecutions(org.system);
  const [undoing] = await db.select().from(executions).where(eq(executions.decisionId, made.id));
  expect(undoing?.status).toBe("unknown");
  await letTimePass(db, org);
  await run();
  expect(await executionRow(db, undoing?.id ?? "")).toMatchObject({ status: "succeeded" });
  expect(new Set(target.sends.slice(1))).toEqual(new Set([`exec_${made.id}`]));
  await expect(propose(org.reviewer, executionId)).rejects.toMatchObject({ code: "already_compensated" });
});

test("what did not succeed, or names no way back, is not undone, and why is said", async () => {
  const pending = await aDecision(db, org, desk, { status: "approved", decidedBy: "router" });
  await expect(propose(org.reviewer, pending.executionId ?? "")).rejects.toMatchObject({
    code: "not_compensable",
  });
  expect(await getCompensationOffer(org.reviewer, { executionId: pending.executionId ?? "" })).toMatchObject({
    refusal: "Only what succeeded can be undone; this is pending.",
  });
  const { executionId } = await carriedOut();
  await db.update(decisionTypes).set({ compensation: null }).where(eq(decisionTypes.id, desk.type));
  await expect(propose(org.reviewer, executionId)).rejects.toMatchObject({ code: "not_compensable" });
  expect(await getCompensationOffer(org.reviewer, { executionId })).toMatchObject({ type: null });
});

test("a template that does not fit the other type, an auditor, a key and a stranger are refused", async () => {
  const { executionId } = await carriedOut();
  const key = await org.keyOf(desk.app, ["decisions:write", "decisions:cancel"]);
  for (const ctx of [org.auditor, key])
    await expect(propose(ctx, executionId)).rejects.toMatchObject({ kind: "forbidden" });
  await db
    .update(decisionTypes)
    .set({ compensation: { type: undo.typeKey, arguments: { invoice: { $reference: true } } } })
    .where(eq(decisionTypes.id, desk.type));
  await expect(propose(org.reviewer, executionId)).rejects.toMatchObject({
    code: "validation_failed",
    errors: expect.arrayContaining([expect.objectContaining({ pointer: "/arguments/amount" })]),
  });
});

test("where nothing can be looked at, undoing rests on the people alone", async () => {
  await db
    .update(connectorActions)
    .set({ config: sql`config - 'observe'` })
    .where(eq(connectorActions.id, desk.action));
  const { executionId } = await carriedOut();
  await expect(propose(org.admin, executionId)).resolves.toMatchObject({ status: "in_review" });
  expect(target.looks).toEqual([]);
});

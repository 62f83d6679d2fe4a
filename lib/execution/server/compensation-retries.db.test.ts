import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { decisions, decisionTypes, executions, reviews } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { resolveReview } from "@/lib/reviews/server/resolve-review";
import { inTransaction, type Context } from "@/lib/server/context";
import { dispute } from "./apply-evidence";
import { compensateExecution } from "./compensate-execution";
import { closeConnectors } from "./connectors/connector-of";
import { getChain } from "./get-chain";
import { getCompensationOffer } from "./get-compensation-offer";
import { resolveExecution } from "./resolve-execution";
import { executionRunner } from "./run-executions";
import { executionRow, letTimePass } from "./testing";
import { aWatchedDesk, aWatchedTarget, type WatchedTarget } from "./testing-observed";

const { db } = await testDatabase();
let target: WatchedTarget;
let org: TestOrg;
let desk: TestDesk;
let other: Context;
beforeEach(async () => {
  target = await aWatchedTarget();
  ({ org, desk } = await aWatchedDesk(db, target));
  const undo = await aRefundDesk(db, org, { baseUrl: `http://${target.host}` });
  other = await org.person("reviewer");
  const taken = { amount: { $arg: "/amount" }, currency: { $arg: "/currency" } };
  await db
    .update(decisionTypes)
    .set({ compensation: { type: undo.typeKey, arguments: { invoice: { $reference: true }, ...taken } } })
    .where(eq(decisionTypes.id, desk.type));
  return () => target.close();
});
afterAll(closeConnectors);

async function run() {
  const runner = executionRunner({ workerId: "worker:undo" });
  await letTimePass(db, org);
  await runner.run(org.system);
  await runner.drain();
}
async function carriedOut() {
  const { id, executionId } = await aDecision(db, org, desk, { status: "approved", decidedBy: "router" });
  await run();
  return { id, executionId: executionId ?? "" };
}
const propose = (ctx: Context, id: string) =>
  compensateExecution(ctx, { params: { id }, body: { reason: "Refunded the wrong invoice" } });
async function openReviewOf(decisionId: string) {
  const open = and(eq(reviews.decisionId, decisionId), eq(reviews.status, "open"));
  return (await db.select().from(reviews).where(open))[0];
}
async function approve(decisionId: string) {
  const reviewId = (await openReviewOf(decisionId))?.id ?? "";
  const { executionId } = await resolveReview(other, { reviewId, ruling: { verdict: "approve" } });
  return executionId ?? "";
}
/** A try to undo that was sent and ended in this status. */
async function aTry(executionId: string, replies: number) {
  target.replies = replies;
  const made = await propose(org.reviewer, executionId);
  const undoing = await approve(made.id);
  await run();
  target.replies = 200;
  return { decisionId: made.id, undoing };
}
const disputed = (id: string, decisionId: string) =>
  inTransaction(org.system, (ctx) =>
    dispute(ctx, { id, decision_id: decisionId, status: "failed" }, "It says that it happened"),
  );
const insertTry = (executionId: string, from: string) =>
  db.execute(sql`insert into decisions select (jsonb_populate_record(d, jsonb_build_object('id', d.id || 'x',
      'compensates_id', ${executionId}::text, 'status', 'in_review', 'undoing_failed', false))).*
    from decisions d where id = ${from}`);
const databaseSays = (words: string) => ({
  cause: expect.objectContaining({ message: expect.stringContaining(words) }),
});

test("one that failed with certainty may be proposed again, as a new decision; the chain shows each try", async () => {
  const { id, executionId } = await carriedOut();
  const first = await aTry(executionId, 402);
  expect(await executionRow(db, first.undoing)).toMatchObject({ status: "failed" });
  expect(await getCompensationOffer(org.reviewer, { executionId })).toMatchObject({
    standing: null,
    refusal: null,
    failed_tries: 1,
  });
  const second = await aTry(executionId, 200);
  expect(await executionRow(db, second.undoing)).toMatchObject({ status: "succeeded" });
  expect(target.sends).toEqual([`exec_${id}`, `exec_${first.decisionId}`, `exec_${second.decisionId}`]);
  const steps = await getChain(org.reviewer, { decisionId: first.decisionId });
  expect(steps).toMatchObject([
    { decision_id: id, depth: 0 },
    { decision_id: first.decisionId, depth: 1, attempt: 1, attempts: 2, execution: { status: "failed" } },
    { decision_id: second.decisionId, depth: 1, attempt: 2, attempts: 2, execution: { status: "succeeded" } },
  ]);
  expect(steps[1]?.execution?.error).toContain("Not now");
  await expect(propose(org.reviewer, executionId)).rejects.toMatchObject({
    code: "already_compensated",
    extra: { decision_id: second.decisionId },
  });
});

test("while one is waiting, in flight, unknown, dead or done, another is refused", async () => {
  const { executionId } = await carriedOut();
  const made = await propose(org.reviewer, executionId);
  const refused = () =>
    expect(propose(other, executionId)).rejects.toMatchObject({ code: "already_compensated" });
  await refused();
  const undoing = await approve(made.id);
  await refused();
  const fence = { fence: sql`nextval('fence_seq')`, attempt: 1, workerId: "w1" };
  const set = (values: object) => db.update(executions).set(values).where(eq(executions.id, undoing));
  await set({ status: "in_flight", ...fence });
  await refused();
  for (const status of ["unknown", "dead"]) {
    await set({ status });
    await refused();
  }
  // Whoever finds out that nothing happened makes room for another.
  const found = { id: undoing, status: "failed" as const, reference: null, note: "Their desk says so" };
  await resolveExecution(org.admin, found);
  await expect(propose(org.reviewer, executionId)).resolves.toMatchObject({ status: "in_review" });
});

test("fifty proposals at once after a failed one make one more, and no more", async () => {
  const { executionId } = await carriedOut();
  await aTry(executionId, 402);
  const clicks = await Promise.allSettled(
    Array.from({ length: 50 }, (_, at) => propose(at % 2 ? org.reviewer : other, executionId)),
  );
  expect(clicks.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const click of clicks)
    if (click.status === "rejected") expect(click.reason).toMatchObject({ code: "already_compensated" });
  const tries = await db.select().from(decisions).where(eq(decisions.compensatesId, executionId));
  expect(tries.filter(({ undoingFailed }) => undoingFailed)).toHaveLength(1);
  expect(tries).toHaveLength(2);
});

test("the database refuses a second one in effect, and a mark that the execution does not bear out", async () => {
  const { id, executionId } = await carriedOut();
  const made = await propose(org.reviewer, executionId);
  await expect(insertTry(executionId, id)).rejects.toMatchObject(
    databaseSays("decisions_compensates_unique"),
  );
  const mark = (undoingFailed: boolean) =>
    db.update(decisions).set({ undoingFailed }).where(eq(decisions.id, made.id));
  await expect(mark(true)).rejects.toMatchObject(databaseSays("its execution's to say"));
  await approve(made.id);
  await run();
  await expect(mark(true)).rejects.toMatchObject(databaseSays("its execution's to say"));
});

test("contrary news of a failed one bars the way again; of one that stands beside it, nothing is sent", async () => {
  const { executionId } = await carriedOut();
  const first = await aTry(executionId, 402);
  await disputed(first.undoing, first.decisionId);
  await expect(propose(org.reviewer, executionId)).rejects.toMatchObject({
    code: "already_compensated",
    extra: { decision_id: first.decisionId },
  });
  const settle = (status: "failed" | "succeeded") =>
    resolveExecution(org.admin, { id: first.undoing, status, reference: null, note: "Looked it up" });
  await settle("failed");
  const second = await propose(org.reviewer, executionId);
  const undoing = await approve(second.id);
  const sent = target.sends.length;
  // The first one took effect after all, just before the second one goes out.
  await disputed(first.undoing, first.decisionId);
  await expect(
    db
      .update(executions)
      .set({ status: "in_flight", fence: sql`nextval('fence_seq')`, attempt: 1, workerId: "w1" })
      .where(eq(executions.id, undoing)),
  ).rejects.toMatchObject(databaseSays("may be undone already"));
  await run();
  expect(target.sends).toHaveLength(sent);
  expect(await executionRow(db, undoing)).toMatchObject({ status: "cancelled" });
  const returned = await openReviewOf(second.id);
  expect(returned).toMatchObject({
    returned: { code: "changed", message: expect.stringContaining("Another try") },
  });
  await settle("succeeded");
  await resolveReview(other, {
    reviewId: returned?.id ?? "",
    ruling: { verdict: "decline", note: "The first one worked" },
  });
  // Declining the second leaves the first in effect.
  await expect(propose(org.reviewer, executionId)).rejects.toMatchObject({ code: "already_compensated" });
  await expect(insertTry(executionId, second.id)).rejects.toMatchObject(
    databaseSays("may be undone already"),
  );
});

test("what is not on record as done any more is not undone: it goes back before anything is sent", async () => {
  const { id, executionId } = await carriedOut();
  const made = await propose(org.reviewer, executionId);
  const undoing = await approve(made.id);
  await inTransaction(org.system, (ctx) =>
    dispute(ctx, { id: executionId, decision_id: id, status: "succeeded" }, "Its ledger has nothing of it"),
  );
  await run();
  expect(target.sends).toEqual([`exec_${id}`]);
  expect(await executionRow(db, undoing)).toMatchObject({ status: "cancelled" });
  expect(await openReviewOf(made.id)).toMatchObject({ returned: { code: "changed" } });
});

import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { decisions, events, executions, journal, reviews } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { cancelDecision } from "@/lib/intake/server/cancel-decision";
import { resolveReview } from "@/lib/reviews/server/resolve-review";
import { actorName, inTransaction } from "@/lib/server/context";
import { returnToReview, type ReturnToReview } from "./return-to-review";
import { claimOne } from "./testing";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
});

const overBudget: ReturnToReview["returned"] = {
  code: "over_budget",
  message: "This hour's budget is used up",
  changes: [],
};
const executionsOf = (id: string) =>
  db.select().from(executions).where(eq(executions.decisionId, id)).orderBy(executions.id);
const decisionOf = async (id: string) => (await db.select().from(decisions).where(eq(decisions.id, id)))[0];

async function approvedByReviewer() {
  const { id, reviewId } = await aDecision(db, org, desk);
  if (!reviewId) throw new Error("no review");
  const { executionId } = await resolveReview(org.reviewer, { reviewId, ruling: { verdict: "approve" } });
  if (!executionId) throw new Error("no execution");
  return { id, executionId };
}

test("what was not sent goes back to the person who approved it, with the reason", async () => {
  const { id, executionId } = await approvedByReviewer();
  const back = await returnToReview(org.system, { executionId, returned: overBudget });
  expect(await decisionOf(id)).toMatchObject({
    status: "in_review",
    decidedBy: null,
    actionDigest: null,
    approvalNonce: null,
    approvals: 1,
  });
  expect((await executionsOf(id)).map((e) => e.status)).toEqual(["cancelled"]);
  const open = await db
    .select()
    .from(reviews)
    .where(and(eq(reviews.decisionId, id), eq(reviews.status, "open")));
  expect(open).toMatchObject([
    {
      id: back?.reviewId,
      kind: "approval",
      assignedTo: actorName(org.reviewer.actor),
      returned: { ...overBudget, execution_id: executionId },
    },
  ]);
  const told = await db.select().from(events).where(eq(events.decisionId, id)).orderBy(events.id);
  expect(told.map(({ type }) => type).slice(-2)).toEqual(["decision.returned", "review.opened"]);
  const [entry] = await db.select().from(journal).where(eq(journal.subject, id));
  expect(entry?.action).toBe("decision.returned");
});

test("the second approval runs under a key of its own, once", async () => {
  const { id, executionId } = await approvedByReviewer();
  const back = await returnToReview(org.system, { executionId, returned: overBudget });
  await resolveReview(org.reviewer, { reviewId: back?.reviewId ?? "", ruling: { verdict: "approve" } });
  expect((await executionsOf(id)).map(({ status, actionKey }) => ({ status, actionKey }))).toEqual([
    { status: "cancelled", actionKey: `exec_${id}` },
    { status: "pending", actionKey: `exec_${id}_2` },
  ]);
});

test("what the router approved is kept for nobody", async () => {
  const { id, executionId } = await aDecision(db, org, desk, { status: "approved", decidedBy: "router" });
  await returnToReview(org.system, { executionId: executionId ?? "", returned: overBudget });
  const [review] = await db.select().from(reviews).where(eq(reviews.decisionId, id));
  expect(review).toMatchObject({ status: "open", assignedTo: null });
});

test("what a worker has claimed stays where it is", async () => {
  const { executionId } = await approvedByReviewer();
  await claimOne(org);
  expect(await returnToReview(org.system, { executionId, returned: overBudget })).toBeNull();
});

test("within a claim that holds the execution, against cancels: no deadlock, one of them wins", async () => {
  for (let round = 0; round < 20; round++) {
    const { id, executionId } = await approvedByReviewer();
    const claim = inTransaction(org.system, async (ctx) => {
      await ctx.db.select().from(executions).where(eq(executions.id, executionId)).for("update");
      return returnToReview(ctx, { executionId, returned: overBudget });
    });
    const [back, cancelled] = await Promise.allSettled([
      claim,
      cancelDecision(org.admin, { params: { decision: id } }),
    ]);
    expect(back.status).toBe("fulfilled");
    const decision = await decisionOf(id);
    // A cancel may also come after the way back, and end the review that it opened.
    if (cancelled.status === "fulfilled") expect(decision?.status).toBe("cancelled");
    else expect(decision?.status).toBe("in_review");
    expect((await executionsOf(id)).map((e) => e.status)).toEqual(["cancelled"]);
  }
});

test("nobody but the system may", async () => {
  const { executionId } = await approvedByReviewer();
  await expect(returnToReview(org.admin, { executionId, returned: overBudget })).rejects.toMatchObject({
    kind: "forbidden",
  });
});
